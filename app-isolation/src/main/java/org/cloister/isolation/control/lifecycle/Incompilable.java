package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

/**
 * A slice whose stored allocation no rules can be made of: another version may have written it. Its rules stay where
 * they are, and other slices are not held up by it.
 */
public final class Incompilable {

    private Incompilable() {
    }

    /** Plans what such a slice says of itself. */
    public static void plan(Pass pass, VersionedSlice from, RuntimeException cause) {
        String message = cause instanceof IllegalArgumentException && cause.getMessage() != null ? cause.getMessage()
                : "no rules can be made of what is stored: " + cause;
        StoredSlice slice = from.slice();
        Change change = Change.of(slice, pass.now());
        if (slice.state() == SliceState.RESERVED) {
            change.holds(Conditions.MOVE_FAILED, Conditions.ALLOCATION_INVALID, message);
        } else if (slice.state() == SliceState.INSTALLING) {
            change.state(SliceState.FAILED).holds(Conditions.FAILED, Conditions.ALLOCATION_INVALID, message);
        } else if (slice.state() == SliceState.REMOVING || slice.state() == SliceState.FAILED) {
            change.holds(Conditions.REMOVAL_DELAYED, Conditions.ALLOCATION_INVALID, message);
        } else {
            change.state(SliceState.DEGRADED).holds(Conditions.DEGRADED, Conditions.ALLOCATION_INVALID, message);
        }
        if (!change.slice().equals(slice)) {
            pass.plan().write(new Operation.Write(from, change.slice()));
        }
    }
}
