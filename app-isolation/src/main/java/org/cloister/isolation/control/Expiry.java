package org.cloister.isolation.control;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Duration;
import java.time.Instant;

/**
 * Ends the life of slices whose leases have run out. The removal is written on top of the document that was looked at:
 * a renewal that was stored before it wins, and after it there is nothing left to renew.
 */
final class Expiry {

    private Expiry() {
    }

    /**
     * Plans the removal of a slice whose lease has run out, and a look at it when it will have.
     *
     * @param removing how long removing may take until a condition tells of the delay
     * @return whether the slice is removed, so that nothing else is to be done with it in this pass
     */
    static boolean plan(Plan plan, VersionedSlice from, Instant now, Duration removing) {
        StoredSlice slice = from.slice();
        if (slice.lease().isEmpty() || slice.state() == SliceState.REMOVING || slice.state() == SliceState.PENDING) {
            return false;
        }
        Instant end = Leases.end(slice);
        if (end.isAfter(now)) {
            plan.wake(end);
            return false;
        }
        plan.write(new Operation.Write(from, Change.of(slice, now).state(SliceState.REMOVING, removing)
                .holds(Conditions.LEASE_EXPIRED, Conditions.NOT_RENEWED, "its lease ran out at " + end).slice()));
        return true;
    }
}
