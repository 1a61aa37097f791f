package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.light.Demanding;
import org.cloister.isolation.control.light.FailedLight;
import org.cloister.isolation.control.light.LightProgress;
import org.cloister.isolation.control.light.Switching;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds other light for new slices where some could not be moved: ports that turned out to be broken are not planned
 * with any more, so that it goes over spare ones. As often as {@link Limits#relights} says; then the slice has failed.
 */
public final class Relighting {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Admission admission;

    /** Creates what finds other light by the same decisions as the first. */
    public Relighting(Admission admission) {
        this.admission = admission;
    }

    /** Returns the slices that wait for light that could not be moved, except those that are written anyway. */
    List<VersionedSlice> needed(Pass pass, Desired desired, Set<SliceId> decided) {
        return desired.slices().stream().filter(each -> each.slice().state() == SliceState.SWITCHING
                && !decided.contains(each.id()) && pass.fabric().enforce() && failure(pass, each.slice()).isPresent())
                .collect(Collectors.toList());
    }

    private static Optional<Trouble> failure(Pass pass, StoredSlice slice) {
        return light(pass, slice).filter(light -> isSettled(pass, light)).flatMap(LightProgress::failure);
    }

    private static Optional<LightProgress> light(Pass pass, StoredSlice slice) {
        return slice.allocation().map(allocation -> new LightProgress(pass, slice, allocation));
    }

    /** A fabric from before the failure has the light still, and knows of no quarantine. */
    private static boolean isSettled(Pass pass, LightProgress light) {
        Optional<Instant> settled = light.failure().flatMap(trouble -> light.settled()).filter(pass.now()::isBefore);
        settled.ifPresent(pass.plan()::wake);
        return settled.isEmpty();
    }

    /** Plans what becomes of slices; returns those whose next document is planned. */
    Set<SliceId> plan(Pass pass, List<VersionedSlice> needed, Ledgers ledgers, MeterBudget meters,
                      Allowance allowance) {
        Set<SliceId> decided = new HashSet<>();
        for (VersionedSlice from : needed) {
            if (!allowance.take(pass)) {
                break;
            }
            decided.add(from.id());
            Trouble trouble = failure(pass, from.slice()).orElseThrow();
            StoredSlice next = next(pass, from.slice(), ledgers, meters, trouble);
            if (next.state() == SliceState.FAILED) {
                pass.plan().write(new Operation.Write(from, next));
            } else {
                log.info("Slice {} gets other light: {}", from.id(), trouble.message());
                ledgers.hold(next);
                meters.add(next);
                pass.plan().write(new Operation.Allocate(from, next));
            }
        }
        return decided;
    }

    private StoredSlice next(Pass pass, StoredSlice slice, Ledgers ledgers, MeterBudget meters, Trouble trouble) {
        if (slice.vain() >= pass.limits().relights()) {
            return Switching.failed(pass, slice, trouble);
        }
        try {
            Ledger ledger = meters.limit(ledgers.without(slice.id()), slice.id(), slice.spec());
            return Binding.withOwnTag(slice, ledger, admission.decide(
                    FailedLight.spared(pass, slice), ledger, slice.spec(), List.of()))
                    .fold(allocation -> pass.drained().refusal(allocation).or(() -> meters.refusal(slice, allocation))
                                    .map(problem -> Switching.failed(pass, slice, trouble.and("no other: "
                                            + problem.detail())))
                                    .orElseGet(() -> other(pass, slice, allocation, trouble)),
                            problem -> Switching.failed(pass, slice, trouble.and("no other: " + problem.detail())));
        } catch (RuntimeException e) {
            // one slice that an allocator or a compiler stumbles over must not stop all others
            log.error("Other light for slice {} could not be decided on", slice.id(), e);
            return Switching.failed(pass, slice, trouble);
        }
    }

    private static StoredSlice other(Pass pass, StoredSlice slice, Allocation allocation, Trouble trouble) {
        StoredSlice next = Change.of(slice, pass.now()).vain(slice.vain() + 1)
                .allocation(Optional.of(allocation)).slice();
        // the same again would fail again
        boolean same = LightProgress.isPlanned(allocation) && Demanding.wanted(pass, next)
                .equals(Demanding.wanted(pass, slice));
        if (same) {
            return Switching.failed(pass, slice, trouble.and("there is no other"));
        }
        Change change = Change.of(next, pass.now());
        return (LightProgress.isPlanned(allocation) ? Switching.moving(pass, change)
                : Switching.installing(pass, change.phase("switching", slice.since()))).slice();
    }
}
