package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.control.admission.Repairs;
import org.cloister.isolation.control.light.LightProgress;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.util.Optional;

/**
 * Watches over slices that hold capacity and wait for their hosts. Nothing of them is on a packet switch; light is moved
 * for them at once, for what is reserved must be there when it is needed. One that loses what
 * it holds gets other links and hosts in its place ({@link Repairs}); where there are none it keeps what it has, and
 * says so.
 */
public final class Reserved {

    private final Repairs repairs;

    /** Creates what watches, and says what repairs found. */
    public Reserved(Repairs repairs) {
        this.repairs = repairs;
    }

    /** Plans the next steps of a slice that is RESERVED. */
    public void plan(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        Change change = Change.of(slice, pass.now()).observedGeneration(slice.generation());
        Optional<Trouble> trouble = Repairs.lost(pass, slice);
        trouble.flatMap(lost -> repairs.why(slice.id()).map(why -> lost.and("no others: " + why))).ifPresentOrElse(
                hopeless -> change.holds(Conditions.MOVE_FAILED, hopeless.reason(), hopeless.message()),
                () -> change.holdsNot(Conditions.MOVE_FAILED));
        Allocation held = slice.allocation().orElseThrow();
        if (LightProgress.isPlanned(held)) {
            LightProgress light = new LightProgress(pass, slice, held);
            if (light.isVerified()) {
                change.allocation(Optional.of(LightProgress.made(held))).phases(light.phaseMillis());
            }
        }
        if (!change.slice().equals(slice)) {
            pass.plan().write(new Operation.Write(from, change.slice()));
        }
    }
}
