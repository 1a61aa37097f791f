package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Leases;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Plan;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Instant;

/**
 * Ends the life of slices whose leases have run out. The removal is written on top of the document that was looked at:
 * a renewal that was stored before it wins, and after it there is nothing left to renew.
 *
 * <p>As long as nobody decides, signs of life may find nobody who takes them in either. So a slice outlives an outage
 * for a moment in which its owner can renew, whatever the time of its lease.
 */
public final class Expiry {

    private Expiry() {
    }

    /**
     * Plans the removal of a slice whose lease has run out, and a look at it when it will have.
     *
     * @param decidedSince since when somebody has decided without a break
     * @return whether the slice is removed, so that nothing else is to be done with it in this pass
     */
    public static boolean plan(Plan plan, VersionedSlice from, Instant now, Instant decidedSince, Limits limits) {
        StoredSlice slice = from.slice();
        if (slice.lease().isEmpty() || slice.state() == SliceState.REMOVING || slice.state() == SliceState.PENDING) {
            return false;
        }
        Instant end = Leases.end(slice);
        Instant heard = decidedSince.plus(limits.renewing());
        Instant removed = end.isAfter(heard) ? end : heard;
        if (removed.isAfter(now)) {
            plan.wake(removed);
            return false;
        }
        plan.write(new Operation.Write(from, Change.of(slice, now).state(SliceState.REMOVING, limits.removing())
                .holds(Conditions.LEASE_EXPIRED, Conditions.NOT_RENEWED, "its lease ran out at " + end).slice()));
        return true;
    }
}
