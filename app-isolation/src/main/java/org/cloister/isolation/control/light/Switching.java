package org.cloister.isolation.control.light;

import org.cloister.isolation.api.SliceState;
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

/**
 * Carries a slice from its allocation to the moment when there is light under all of its links, looked at from end to
 * end, or gives it up. Nothing of it is on a packet switch before. Where light could not be moved {@code Relighting}
 * looks for other light first.
 */
public final class Switching {

    /** Plans the next steps of a slice that is SWITCHING. */
    public void plan(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        if (!pass.fabric().enforce()) {
            pass.plan().write(new Operation.Write(from, notEnforced(Change.of(slice, pass.now())).slice()));
            return;
        }
        Optional<Instant> fair = slice.deadline().map(at -> pass.fair(at, pass.limits().switching()));
        if (!fair.equals(slice.deadline())) {
            pass.plan().write(new Operation.Write(from, Change.of(slice, pass.now()).deadline(fair.get()).slice()));
            return;
        }
        LightProgress light = new LightProgress(pass, slice, slice.allocation().orElseThrow());
        if (light.isVerified()) {
            pass.plan().write(new Operation.Write(from, lit(pass, slice, light)));
        } else if (slice.deadline().filter(deadline -> !deadline.isAfter(pass.now())).isPresent()) {
            pass.plan().write(new Operation.Write(from, failed(pass, slice, light.failure()
                    .orElseGet(light::missing))));
        } else {
            slice.deadline().ifPresent(pass.plan()::wake);
        }
    }

    private static StoredSlice lit(Pass pass, StoredSlice slice, LightProgress light) {
        Change change = Change.of(slice, pass.now()).vain(0)
                .allocation(slice.allocation().map(LightProgress::made))
                .phase("switching", slice.since()).phases(light.phaseMillis());
        return installing(pass, change).slice();
    }

    /** Has rules brought in for an allocation whose links are there. */
    public static Change installing(Pass pass, Change change) {
        return change.devices(pass.compiled(Installation.current(change.slice())).whole().deviceIds())
                .state(SliceState.INSTALLING, pass.limits().installing());
    }

    /** Has light moved for an allocation; or for another one, in place of one for which that was in vain. */
    public static Change moving(Pass pass, Change change) {
        return change.state(SliceState.SWITCHING, pass.limits().switching())
                .deadline(pass.now().plus(pass.limits().switching()));
    }

    /** Returns a slice that is given up because of some trouble. */
    public static StoredSlice failed(Pass pass, StoredSlice slice, Trouble trouble) {
        return Change.of(slice, pass.now()).state(SliceState.FAILED)
                .holds(Conditions.FAILED, trouble.reason(), trouble.message()).slice();
    }

    /** Where nothing is installed there is nothing to wait for. */
    public static Change notEnforced(Change change) {
        return change.state(SliceState.ACTIVE).notEnforced();
    }
}
