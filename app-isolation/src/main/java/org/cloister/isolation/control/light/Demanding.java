package org.cloister.isolation.control.light;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.environment.CircuitDemand;
import org.cloister.isolation.control.environment.CircuitDemand.Phase;
import org.cloister.isolation.control.observed.SeenDemands;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.LinkFailures;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has the circuits under slices' links made, and kept as long as packets may cross them: a slice demands those of all
 * allocations that hold links, by its document alone, so that every leader demands the same. Circuits that were there
 * before are demanded, too, so that they give way to nobody; those that somebody else made are not, for they are never
 * touched. What is not demanded any more stays until somebody needs its ports.
 *
 * <p>No port can have two circuits. Where a slice gets away from one that carries nothing any more, the new one has the
 * port; and while it gets away from any, what carries nothing is not asked for again, for that would hold the rest up.
 */
public final class Demanding {

    private Demanding() {
    }

    /**
     * Plans demands.
     *
     * @param written the slices whose documents are written in this pass: they follow in the next
     */
    public static void plan(Pass pass, Desired desired, Set<SliceId> written) {
        SeenDemands seen = pass.observed().circuits();
        if (!seen.present()) {
            return;
        }
        for (VersionedSlice from : desired.slices()) {
            if (!written.contains(from.id())) {
                plan(pass, from.slice());
            }
        }
        // what documents hold that cannot be read is not known
        if (desired.unreadable().isEmpty()) {
            Set<SliceId> known = desired.slices().stream().map(VersionedSlice::id).collect(Collectors.toSet());
            seen.all().keySet().stream().filter(id -> !known.contains(id)).forEach(id -> demand(pass, id,
                    new TreeSet<>()));
        }
    }

    private static void plan(Pass pass, StoredSlice slice) {
        Optional<CircuitDemand> demand = pass.observed().circuits().of(slice.id());
        SortedSet<Circuit> wanted = wanted(pass, slice);
        SortedSet<Circuit> now = demand.map(CircuitDemand::circuits).orElseGet(TreeSet::new);
        if (!now.equals(wanted)) {
            demand(pass, slice.id(), wanted);
        } else if (demand.filter(found -> found.phase() == Phase.FAILED).isPresent() && rests(slice)
                && pass.fabric().enforce()) {
            // nobody waits for it, but links that carry traffic had better be looked after
            Instant again = pass.observed().circuits().asked(slice.id()).map(asked ->
                    asked.plus(pass.limits().lastRetry())).orElse(pass.now());
            if (again.isAfter(pass.now())) {
                pass.plan().wake(again);
            } else {
                demand(pass, slice.id(), wanted);
            }
        }
    }

    /** Plans the end of a slice's demand, whatever its document holds: its rules are gone. */
    public static void release(Pass pass, SliceId id) {
        demand(pass, id, new TreeSet<>());
    }

    private static boolean rests(StoredSlice slice) {
        return (slice.state() == SliceState.ACTIVE || slice.state() == SliceState.DEGRADED) && slice.move().isEmpty();
    }

    private static void demand(Pass pass, SliceId id, SortedSet<Circuit> wanted) {
        Optional<Instant> later = pass.observed().circuits().refusal(id, wanted)
                .map(refusal -> refusal.failure().notBefore()).filter(at -> at.isAfter(pass.now()));
        later.ifPresentOrElse(pass.plan()::wake, () -> pass.plan().demand(new Operation.Demand(id, wanted)));
    }

    /** Returns the circuits that a slice is to have now. Nothing more than it has where nothing is installed. */
    public static SortedSet<Circuit> wanted(Pass pass, StoredSlice slice) {
        Fabric fabric = pass.fabric();
        SortedSet<Circuit> wanted = new TreeSet<>();
        List<Allocation> held = new ArrayList<>();
        slice.move().ifPresent(move -> held.add(move.allocation()));
        Installation.held(slice).stream().filter(allocation -> !held.contains(allocation)).forEach(held::add);
        for (int place = 0; place < held.size(); place++) {
            Allocation allocation = held.get(place);
            boolean leaving = place > 0 || slice.state() == SliceState.REMOVING || slice.state() == SliceState.FAILED;
            Set<Circuit> dead = leaving ? dead(pass, allocation) : Set.of();
            circuits(fabric, allocation).stream().filter(circuit -> !dead.contains(circuit)
                    && wanted.stream().noneMatch(circuit::meets)).forEach(wanted::add);
        }
        if (!fabric.enforce() || slice.state() == SliceState.REMOVING || slice.state() == SliceState.FAILED) {
            Set<Circuit> had = pass.observed().circuits().of(slice.id()).map(CircuitDemand::circuits)
                    .orElseGet(TreeSet::new);
            wanted.retainAll(had);
        }
        return wanted;
    }

    /** Returns an allocation's circuits except those of others. */
    public static SortedSet<Circuit> circuits(Fabric fabric, Allocation allocation) {
        return allocation.circuits().stream().map(circuit -> Circuit.of(circuit.opticalSwitch(),
                circuit.ports().get(0), circuit.ports().get(1)))
                .filter(circuit -> fabric.circuit(circuit).filter(Circuit::foreign).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of an allocation's circuits that no packet crosses: all links over them have failed, as far as is seen. */
    private static Set<Circuit> dead(Pass pass, Allocation allocation) {
        Set<Circuit> dead = new TreeSet<>(circuits(pass.fabric(), allocation));
        allocation.links().stream().map(link -> Link.of(link.from(), link.to()))
                .filter(link -> !hasFailed(pass, link)).forEach(link ->
                        pass.fabric().fibreIndex().under(link).ifPresent(dead::remove));
        return dead;
    }

    /** Of a switch that is away nobody knows what its ports do. */
    private static boolean hasFailed(Pass pass, Link link) {
        return Stream.of(link.from(), link.to()).map(port -> pass.fabric().switches().get(port.switchName()))
                .allMatch(each -> each != null && pass.fabric().availableDevices().contains(each.device()))
                && LinkFailures.at(pass.fabric(), link).filter(at -> !at.isAfter(pass.now())).isPresent();
    }
}
