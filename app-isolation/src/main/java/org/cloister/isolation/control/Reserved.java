package org.cloister.isolation.control;

import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.util.Optional;

/**
 * Watches over slices that hold capacity and wait for their hosts. Nothing of them is on a switch. One that loses what
 * it holds gets other links and hosts in its place ({@link Repairs}); where there are none it keeps what it has, and
 * says so.
 */
final class Reserved {

    private final Repairs repairs;

    Reserved(Repairs repairs) {
        this.repairs = repairs;
    }

    void plan(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        Change change = Change.of(slice, pass.now()).observedGeneration(slice.generation());
        Optional<Trouble> trouble = Repairs.lost(pass, slice);
        trouble.flatMap(lost -> repairs.why(slice.id()).map(why -> lost.and("no others: " + why))).ifPresentOrElse(
                hopeless -> change.holds(Conditions.MOVE_FAILED, hopeless.reason(), hopeless.message()),
                () -> change.holdsNot(Conditions.MOVE_FAILED));
        if (!change.slice().equals(slice)) {
            pass.plan().write(new Operation.Write(from, change.slice()));
        }
    }
}
