package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.store.ImmutableRetired;
import org.cloister.isolation.store.Retired;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Gives links and hosts back of what is on its way out, where a switch holds that up: one that never comes back would
 * lock them for ever. Once every leaf of a member was read back without a rule that admits packets under the tag, and
 * those under way have arrived, rules of the tag that remain elsewhere carry nothing. The tag stays taken until they
 * are gone.
 */
final class Release {

    private Release() {
    }

    /** Returns the same allocation with what was found out about it. */
    static Retired noted(Pass pass, Retired retired) {
        if (retired.released() || !isQuiet(pass, retired.allocation())) {
            return retired;
        }
        Instant quiet = retired.quiet().orElse(pass.now());
        Instant free = quiet.plus(pass.limits().drain());
        if (free.isAfter(pass.now())) {
            pass.plan().wake(free);
        }
        return ImmutableRetired.copyOf(retired).withQuiet(quiet).withReleased(!free.isAfter(pass.now()));
    }

    /**
     * Returns whether rules are not gone because a switch is away, or are late; what takes its usual time is not
     * written into documents.
     *
     * @param remaining where there still may be rules
     * @param since when their removal began
     */
    static boolean isHeldUp(Pass pass, Collection<DeviceId> remaining, Instant since) {
        return isLate(pass, since) || remaining.stream().anyMatch(device -> !pass.observed().device(device).available());
    }

    /** Returns whether rules should be gone by now. */
    static boolean isLate(Pass pass, Instant since) {
        Instant late = since.plus(pass.limits().removing());
        if (late.isAfter(pass.now())) {
            pass.plan().wake(late);
            return false;
        }
        return true;
    }

    /** A leaf that is not configured is none of ours; one that is away or was not read may admit anything. */
    private static boolean isQuiet(Pass pass, Allocation allocation) {
        return allocation.members().stream().map(AllocatedMember::leaf).distinct()
                .flatMap(leaf -> Optional.ofNullable(pass.fabric().switches().get(leaf)).stream()).map(Switch::device)
                .allMatch(leaf -> pass.observed().device(leaf).admitsNothing(allocation.tag()));
    }
}
