package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.light.LightProgress;
import org.cloister.isolation.control.light.Switching;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Instant;
import java.util.Optional;

/** Carries a slice from its allocation to the moment when every rule was read back, or gives it up. */
public final class Installing {

    /** Plans the next steps of a slice that is INSTALLING. */
    public void plan(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        if (!pass.fabric().enforce()) {
            pass.plan().write(new Operation.Write(from, Switching.notEnforced(Change.of(slice, pass.now())).slice()));
            return;
        }
        Optional<Instant> fair = slice.deadline().map(pass::fair);
        if (!fair.equals(slice.deadline())) {
            pass.plan().write(new Operation.Write(from, Change.of(slice, pass.now()).deadline(fair.get()).slice()));
            return;
        }
        Rollout rollout = new Rollout(pass, pass.compiled(Installation.current(slice)).whole(), false);
        Metering metering = new Metering(pass, slice, slice.allocation().orElseThrow());
        LightProgress light = new LightProgress(pass, slice, slice.allocation().orElseThrow());
        Optional<Trouble> trouble = givenUp(pass, slice, rollout, metering, light);
        if (rollout.complete() && metering.complete()) {
            pass.plan().write(new Operation.Write(from, Change.of(slice, pass.now())
                    .phase("installing", slice.since()).state(SliceState.ACTIVE)
                    .observedGeneration(slice.generation()).holdsNot(Conditions.NOT_ENFORCED).slice()));
        } else if (trouble.isPresent()) {
            pass.plan().write(new Operation.Write(from, Change.of(slice, pass.now()).state(SliceState.FAILED)
                    .holds(Conditions.FAILED, trouble.get().reason(), trouble.get().message()).slice()));
        } else {
            slice.deadline().ifPresent(pass.plan()::wake);
            if (light.isHeld()) {
                rollout.plan(DeviceView::available);
            }
        }
    }

    private static Optional<Trouble> givenUp(Pass pass, StoredSlice slice, Rollout rollout, Metering metering,
                                             LightProgress light) {
        if (!rollout.unknownSwitches().isEmpty()) {
            return Optional.of(Trouble.switchesNotConfigured(rollout.unknownSwitches()));
        }
        int attempts = pass.limits().attempts();
        return rollout.refused(attempts, slice.since()).or(() -> metering.refused(attempts, slice.since()))
                .or(() -> slice.deadline().filter(deadline -> !deadline.isAfter(pass.now()))
                        .map(deadline -> light.isHeld() ? metering.missing().orElseGet(rollout::missing) : light.missing()));
    }
}
