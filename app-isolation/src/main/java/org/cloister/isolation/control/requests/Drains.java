package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.lifecycle.Purging;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Drained;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.store.DrainStore;
import org.cloister.isolation.store.StoredDrain;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import static java.util.concurrent.CompletableFuture.completedFuture;

/** Takes wishes for drains in, on any node: stores them if they can succeed; the leader has slices move. */
public final class Drains implements DrainService {

    private final Services services;
    private final DrainStore store;
    private final Admission admission;
    private final Clock clock;

    /** Creates what takes wishes in, and has them judged by the same decisions as slices' moves. */
    public Drains(Services services, Admission admission) {
        this.services = services;
        this.store = services.drains();
        this.admission = admission;
        this.clock = services.clock();
    }

    /** Returns what is out of use, as far as a node has heard. */
    public static Drained heard(Services services) {
        return names(services.drains().heard());
    }

    @Override
    public List<Drain> drains() {
        List<StoredSlice> slices = slices();
        return store.drains().stream().map(drain -> view(drain, slices)).collect(Collectors.toList());
    }

    @Override
    public CompletableFuture<Drain> drain(String name) {
        return refused(() -> {
            List<StoredDrain> before = store.drains();
            Optional<StoredDrain> found = before.stream().filter(each -> each.name().equals(name)).findFirst();
            if (found.isPresent()) {
                return completedFuture(view(found.get(), slices()));
            }
            checkPurge();
            Fabric fabric = services.fabric().fabric().orElseThrow(() -> new RefusedException(Problem.of(
                    ProblemType.NOT_READY, "there is no valid configuration of the fabric")));
            if (!isThere(fabric, name)) {
                throw new RefusedException(Problem.of(ProblemType.NOT_FOUND,
                        "the fabric has no switch and no fabric port " + name));
            }
            List<StoredSlice> slices = slices();
            if (!services.store().unreadable().isEmpty()) {
                throw new RefusedException(Problem.of(ProblemType.NOT_READY, "slices "
                        + services.store().unreadable().keySet() + " are stored in a form that this version cannot read,"
                        + " so what they hold is not known"));
            }
            StoredDrain drain = new StoredDrain(name, clock.instant());
            return new DrainPlan(admission, fabric, slices, names(before).and(name), services).possible()
                    .thenApply(possible -> {
                        checkPurge();
                        return view(store.create(drain).orElse(drain), slices());
                    });
        });
    }

    private void checkPurge() {
        services.settings().heardPurge().ifPresent(purge -> {
            throw new RefusedException(Purging.refusal(purge));
        });
    }

    @Override
    public CompletableFuture<Drain> undrain(String name) {
        return refused(() -> completedFuture(view(store.remove(name).orElseThrow(() -> new RefusedException(Problem.of(
                ProblemType.NOT_FOUND, name + " is not drained"))), slices())));
    }

    private static boolean isThere(Fabric fabric, String name) {
        if (fabric.switches().containsKey(name)) {
            return true;
        }
        return fabric.switches().values().stream().anyMatch(each -> has(each, name));
    }

    private static boolean has(Switch each, String port) {
        return each.fabricPorts().stream().anyMatch(number -> FabricPort.of(each.name(), number).toString().equals(port));
    }

    private List<StoredSlice> slices() {
        return services.store().slices().stream().map(VersionedSlice::slice).collect(Collectors.toList());
    }

    private Drain view(StoredDrain drain, Collection<StoredSlice> slices) {
        Drained drained = names(List.of(drain));
        SortedSet<SliceId> holding = new TreeSet<>();
        SortedMap<String, String> obstacles = new TreeMap<>();
        for (StoredSlice slice : slices) {
            if (Installation.held(slice).stream().anyMatch(each -> drained.touches(each) || drained.hasMembers(each))) {
                holding.add(slice.id());
                Conditions.of(slice, Conditions.MOVE_FAILED).filter(Condition::status)
                        .ifPresent(failed -> obstacles.put(slice.id().toString(), failed.message()));
            }
        }
        List<Link> links = services.fabric().fabric().map(drained::links).orElse(List.of());
        return Drain.builder().name(drain.name()).since(drain.since()).slices(holding).obstacles(obstacles)
                .links(links.stream().map(Link::toString).collect(Collectors.toList())).build();
    }

    private static Drained names(Collection<StoredDrain> drains) {
        return new Drained(drains.stream().map(StoredDrain::name).collect(Collectors.toList()));
    }

    private static <T> CompletableFuture<T> refused(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
