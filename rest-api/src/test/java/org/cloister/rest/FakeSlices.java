package org.cloister.rest;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.api.FabricView.HostView;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableCondition;
import org.cloister.isolation.api.ImmutableHostView;
import org.cloister.isolation.api.ImmutableSlice;
import org.cloister.isolation.api.Label;
import org.cloister.isolation.api.ImmutableLease;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Renewal;
import org.cloister.isolation.api.Route;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Slices without a network: each stays where it is until a test moves it. */
final class FakeSlices implements SliceAdminService, FabricService {

    static final Instant THEN = Instant.parse("2024-05-01T12:00:00Z");

    private static final Allocation ALLOCATION = Allocation.builder().tag(100).guarantee(Guarantee.LOCK_STEP)
            .maxFlowsPerLink(1).optimal(true).addLinks(Allocation.ReservedLink.of(FabricPort.of("leaf-1/5"),
                    FabricPort.of("spine-1/1"), 100_000_000_000L)).build();

    private final NavigableMap<SliceId, Slice> slices = new ConcurrentSkipListMap<>();
    private final Map<SliceId, CompletableFuture<Slice>> settling = new ConcurrentSkipListMap<>();
    private final Map<SliceId, CompletableFuture<Void>> going = new ConcurrentSkipListMap<>();
    volatile RuntimeException trouble;
    volatile boolean silent;
    volatile boolean late;
    /** Whether changes are carried out as soon as they are decided on. */
    volatile boolean atOnce;
    volatile String fabricVersion = "v1";
    final List<FabricProblem> problems = new CopyOnWriteArrayList<>();
    private final List<HostView> hosts = new CopyOnWriteArrayList<>();

    /** Forgets everything. */
    void clear() {
        slices.clear();
        settling.clear();
        going.clear();
        hosts.clear();
        problems.clear();
        trouble = null;
        silent = false;
        late = false;
        atOnce = false;
    }

    /** Puts a slice there. */
    Slice add(String id, String owner, SliceState state, Map<String, String> labels) {
        return store(slice(SliceId.of(id), SliceSpec.builder().addNodes("gpu-1", "gpu-2").labels(labels).build(), owner, state));
    }

    /** Moves a slice on, and completes who waits for that. */
    void settle(String id, SliceState state) {
        Slice slice = store(ImmutableSlice.builder().from(slices.get(SliceId.of(id))).state(state)
                .conditions(state != SliceState.FAILED ? List.of() : List.of(ImmutableCondition.builder()
                        .type("Failed").status(true).message("leaf-2 is silent").since(THEN).build()))
                .build());
        settling.computeIfAbsent(slice.id(), key -> new CompletableFuture<>()).complete(slice);
    }

    /** Gives a slice back what it was before a change that failed, and completes who waits for that. */
    void changeBack(String id, SliceSpec before) {
        Slice slice = store(ImmutableSlice.builder().from(changed(slices.get(SliceId.of(id)), before))
                .conditions(List.of(ImmutableCondition.builder().type("ChangeFailed").status(true)
                        .message("leaf-2 did not take the rules").since(THEN).build())).build());
        settling.computeIfAbsent(slice.id(), key -> new CompletableFuture<>()).complete(slice);
    }

    /** Takes a slice away, and completes who waits for that. */
    void gone(String id) {
        slices.remove(SliceId.of(id));
        going.computeIfAbsent(SliceId.of(id), key -> new CompletableFuture<>()).complete(null);
    }

    /** Returns for how many slices somebody has waited to settle. */
    int waiting() {
        return settling.size();
    }

    /** Returns whether somebody has waited for a slice to settle, or to be gone. */
    boolean isAwaited(String id) {
        return settling.containsKey(SliceId.of(id)) || going.containsKey(SliceId.of(id));
    }

    @Override
    public List<Slice> slices() {
        makeTrouble();
        return new ArrayList<>(slices.values());
    }

    @Override
    public Optional<Slice> slice(SliceId id) {
        return late ? Optional.empty() : Optional.ofNullable(slices.get(id));
    }

    @Override
    public List<Route> routes(SliceId id) {
        return List.of();
    }

    @Override
    public CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        makeTrouble();
        if (silent) {
            return new CompletableFuture<>();
        }
        if (spec.nodes().contains("gpu-9")) {
            return CompletableFuture.failedFuture(new RefusedException(Problem.builder()
                    .type(ProblemType.INSUFFICIENT_UPLINKS).detail("leaf-2 has 1 of 2 uplinks free")
                    .shortage(Problem.Shortage.of("leaf-2", "uplinks", 2, 1)).build()));
        }
        return answered(() -> {
            Optional<Slice> present = present(id, owner, precondition);
            if (present.isEmpty()) {
                return new PutResult(store(slice(id, spec, owner, SliceState.INSTALLING)), Outcome.CREATED, false);
            }
            Slice slice = present.get();
            return slice.spec().equals(spec)
                    ? new PutResult(slice, Outcome.SAME, slice.state() != SliceState.INSTALLING)
                    : new PutResult(store(changed(slice, spec)), Outcome.CHANGED, atOnce);
        });
    }

    @Override
    public CompletableFuture<Slice> plan(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        return answered(() -> present(id, owner, precondition).map(slice -> changed(slice, spec))
                .orElseGet(() -> slice(id, spec, owner, SliceState.PENDING)));
    }

    @Override
    public CompletableFuture<Plans> plans(List<SliceSpec> candidates) {
        makeTrouble();
        return answered(() -> {
            List<Plans.Plan> plans = new ArrayList<>();
            for (int i = candidates.size() - 1; i >= 0; i--) {
                boolean feasible = !candidates.get(i).nodes().contains("gpu-9");
                plans.add(Plans.Plan.builder().candidate(i).feasible(feasible)
                        .allocation(feasible ? Optional.of(ALLOCATION) : Optional.empty())
                        .problem(feasible ? Optional.empty() : Optional.of(Problem.of(ProblemType.UNKNOWN_HOST,
                                "/nodes/0", "gpu-9", "there is no node gpu-9")))
                        .circuitsToMove(0).freeLinksAfter(7).build());
            }
            return Plans.builder().fabricVersion(fabricVersion).plans(plans).build();
        });
    }

    @Override
    public CompletableFuture<Lease> renew(SliceId id, int leaseSeconds) {
        makeTrouble();
        return answered(() -> {
            if (!slices.containsKey(id)) {
                throw new RefusedException(Problem.of(ProblemType.NOT_FOUND, "there is no slice '" + id + "'"));
            }
            return ImmutableLease.builder().expiresAt(THEN.plusSeconds(leaseSeconds)).build();
        });
    }

    @Override
    public CompletableFuture<Renewal> renew(Optional<String> owner, Label label, Set<SliceId> ids) {
        makeTrouble();
        List<Slice> own = slices.values().stream().filter(slice -> owner.filter(name -> !name.equals(slice.owner()))
                .isEmpty()).collect(Collectors.toList());
        Set<SliceId> names = own.stream().map(Slice::id).collect(Collectors.toSet());
        return CompletableFuture.completedFuture(Renewal.builder()
                .renewed(ids.stream().filter(names::contains).collect(Collectors.toSet()))
                .unknown(ids.stream().filter(id -> !names.contains(id)).collect(Collectors.toSet()))
                .unlisted(own.stream().filter(slice -> label.on(slice.spec()) && !ids.contains(slice.id()))
                        .map(Slice::id).collect(Collectors.toSet())).build());
    }

    @Override
    public CompletableFuture<Slice> remove(SliceId id, Precondition precondition) {
        return answered(() -> {
            Slice slice = present(id, slices.containsKey(id) ? slices.get(id).owner() : "", precondition)
                    .orElseThrow(() -> new RefusedException(Problem.of(ProblemType.NOT_FOUND,
                            "there is no slice '" + id + "'")));
            return store(ImmutableSlice.builder().from(slice).state(SliceState.REMOVING).build());
        });
    }

    private Optional<Slice> present(SliceId id, String owner, Precondition precondition) {
        Optional<Slice> present = Optional.ofNullable(slices.get(id));
        if (present.filter(slice -> !slice.owner().equals(owner)).isPresent()) {
            throw new RefusedException(Problem.of(ProblemType.NOT_FOUND, "there is no slice '" + id + "'"));
        }
        precondition.check(id, present.isPresent() ? OptionalLong.of(present.get().generation())
                : OptionalLong.empty());
        return present;
    }

    private static <T> CompletableFuture<T> answered(Supplier<T> answer) {
        try {
            return CompletableFuture.completedFuture(answer.get());
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Slice changed(Slice slice, SliceSpec spec) {
        return ImmutableSlice.builder().from(slice).spec(spec).generation(slice.generation() + 1).build();
    }

    @Override
    public CompletableFuture<Slice> whenSettled(SliceId id) {
        return settling.computeIfAbsent(id, key -> new CompletableFuture<>()).copy();
    }

    @Override
    public CompletableFuture<Void> whenGone(SliceId id) {
        return going.computeIfAbsent(id, key -> new CompletableFuture<>()).copy();
    }

    @Override
    public FabricView fabric() {
        return FabricView.builder().version(fabricVersion).enforce(true).hosts(hosts).problems(problems).build();
    }

    /** Puts a host there, which is a member of a slice if there is one. */
    void addHost(String name, String slice) {
        hosts.add(ImmutableHostView.builder().name(name).node(name).nic(0).port(FabricPort.of("leaf-1/1"))
                .mac("02:00:00:00:00:01").slice(Optional.ofNullable(slice).map(SliceId::of)).build());
    }

    private Slice store(Slice slice) {
        slices.put(slice.id(), slice);
        return slice;
    }

    private void makeTrouble() {
        if (trouble != null) {
            throw trouble;
        }
    }

    private static Slice slice(SliceId id, SliceSpec spec, String owner, SliceState state) {
        return Slice.builder().id(id).owner(owner).generation(1).observedGeneration(0).state(state).stateSince(THEN)
                .spec(spec).allocation(ALLOCATION).build();
    }
}
