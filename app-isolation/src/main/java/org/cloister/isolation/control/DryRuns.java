package org.cloister.isolation.control;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what a request would get, by the same functions, and stores nothing. */
final class DryRuns {

    private final SliceStore store;
    private final Puts puts;
    private final Admission admission;
    private final Clock clock;

    DryRuns(Services services, Puts puts, Admission admission) {
        this.store = services.store();
        this.clock = services.clock();
        this.puts = puts;
        this.admission = admission;
    }

    /**
     * Returns the slice that a request would have made, or the one that is there if it asks for the same.
     *
     * @throws RefusedException as the request would be
     */
    Slice plan(SliceId id, SliceSpec spec, String owner) {
        SliceSpec filled = admission.fill(spec);
        Optional<VersionedSlice> found = store.slice(id).filter(Removals::exists);
        if (found.isPresent()) {
            return Views.slice(Puts.same(found.get(), filled));
        }
        Fabric fabric = puts.check(id, spec);
        List<StoredSlice> others = store.slices().stream().map(VersionedSlice::slice).collect(Collectors.toList());
        Decision decision = admission.decide(fabric, Ledgers.of(others, List.of()).ledger(), filled);
        StoredSlice asked = puts.pending(id, filled, owner);
        return decision.fold(
                allocation -> Views.slice(Change.of(asked, clock.instant())
                        .state(fabric.enforce() ? SliceState.INSTALLING : SliceState.ACTIVE)
                        .allocation(Optional.of(allocation)).slice()),
                problem -> {
                    throw new RefusedException(problem);
                });
    }
}
