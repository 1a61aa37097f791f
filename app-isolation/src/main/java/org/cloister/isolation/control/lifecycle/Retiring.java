package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.RuleSet;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes out what a slice has moved away from, after a time in which packets that are on their way arrive.
 *
 * <p>A leaf that was away during the move may still send its members' packets under the old tag. As long as it is away
 * the old paths stay; when it is back its host ports change over first. Nothing but table space is lost by that: the
 * allocation is held until the leaf is known to admit nothing anyway. What is held up elsewhere holds nobody's links
 * ({@link Release}).
 */
final class Retiring {

    /** Plans the end of a slice's earlier allocations and notes in its next document which are gone. */
    void plan(Pass pass, StoredSlice slice, Change change) {
        List<Retired> staying = new ArrayList<>();
        List<Withdrawal> late = new ArrayList<>();
        for (Retired retired : slice.retired()) {
            Withdrawal withdrawal = new Withdrawal(pass, retired.allocation().tag(), retired.devices(), true);
            if (!withdrawal.remaining().isEmpty()) {
                staying.add(Release.isHeldUp(pass, withdrawal.remaining(), retired.since())
                        ? Release.noted(pass, retired) : retired);
                withdraw(pass, slice, retired, withdrawal);
                if (Release.isLate(pass, retired.since())) {
                    late.add(withdrawal);
                }
            }
        }
        change.retired(staying);
        Withdrawal.delay(pass, late).ifPresentOrElse(delay -> change.holds(Conditions.REMOVAL_DELAYED, delay.reason(),
                "of links that it had before: " + delay.message()), () -> change.holdsNot(Conditions.REMOVAL_DELAYED));
    }

    private static void withdraw(Pass pass, StoredSlice slice, Retired retired, Withdrawal withdrawal) {
        Instant drained = retired.since().plus(pass.limits().drain());
        if (drained.isAfter(pass.now())) {
            pass.plan().wake(drained);
            return;
        }
        RuleSet now = pass.compiled(Installation.current(slice)).hostAdmits();
        boolean left = withdrawal.planHostAdmits(device -> now.progress(device,
                pass.observed().device(device).table()).complete());
        if (!left && !mayAdmitOutOfReach(pass, slice, retired, withdrawal)) {
            withdrawal.plan();
        }
    }

    private static boolean mayAdmitOutOfReach(Pass pass, StoredSlice slice, Retired retired, Withdrawal withdrawal) {
        RuleSet before = pass.compiled(Installation.retired(slice, retired)).hostAdmits();
        return withdrawal.remaining().stream()
                .anyMatch(device -> isAway(pass, device) && !before.rules(device).isEmpty());
    }

    /** After a restart ONOS reaches a leaf before it knows its rules. */
    private static boolean isAway(Pass pass, DeviceId device) {
        return !pass.observed().device(device).known();
    }
}
