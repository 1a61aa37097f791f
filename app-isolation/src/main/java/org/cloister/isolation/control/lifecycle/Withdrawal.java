package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.SeenRule;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.program.Tables;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes the rules of a tag out: what admits packets first, then the rest. It is done when every configured device that
 * may have held one was read, by a read that began after the last removal was acknowledged, and showed none.
 */
final class Withdrawal {

    private static final IndexTableId ADMIT = IndexTableId.of(Tables.ADMIT);

    private final Pass pass;
    private final int tag;
    private final List<DeviceId> remaining;
    private final boolean urgent;

    /**
     * Looks at what there still may be; a device that is not configured is none of ours.
     *
     * @param devices the ids of the devices that may hold a rule
     * @param urgent whether tables are to be read back as soon as they can be
     */
    Withdrawal(Pass pass, int tag, Collection<String> devices, boolean urgent) {
        this.pass = pass;
        this.tag = tag;
        this.urgent = urgent;
        this.remaining = devices.stream().map(DeviceId::deviceId)
                .filter(pass::configured)
                .filter(device -> !view(device).clean(tag))
                .collect(Collectors.toList());
    }

    /** Returns the devices that may still hold a rule. */
    List<DeviceId> remaining() {
        return remaining;
    }

    /** Removes what admits packets; once none of that is left on a switch that is reached, all else, too. */
    void plan() {
        List<FlowRule> present = present(rule -> true);
        // a switch that is not reached cannot hold up the others
        boolean admits = present.stream().anyMatch(rule -> admits(rule) && view(rule.deviceId()).available());
        boolean underWay = remaining.stream().anyMatch(device -> view(device).busy());
        present.stream().filter(rule -> admits(rule) || !admits && !underWay).forEach(pass.plan()::remove);
        read();
    }

    /** Removes what admits packets at host ports, where that may be; returns whether there is any. */
    boolean planHostAdmits(Predicate<DeviceId> where) {
        List<FlowRule> hostAdmits = present(Tags::pushes);
        hostAdmits.stream().filter(rule -> where.test(rule.deviceId())).forEach(pass.plan()::remove);
        read();
        return hostAdmits.stream().anyMatch(rule -> view(rule.deviceId()).available());
    }

    private void read() {
        remaining.forEach(device -> pass.plan().read(device, urgent));
    }

    /** What is there and not on its way out. */
    private List<FlowRule> present(Predicate<FlowRule> which) {
        return remaining.stream().map(this::view)
                .flatMap(view -> view.table().tagged(tag).stream()
                        .filter(seen -> which.test(seen.rule()) && seen.staysUnlessRemoved(view)))
                .map(SeenRule::rule).collect(Collectors.toList());
    }

    /** Returns what a switch that did not let a rule go so many times says. */
    Optional<String> refused(int attempts) {
        return remaining.stream().flatMap(device -> view(device).table().tagged(tag).stream()
                .map(seen -> view(device).failures().get(seen.rule()))
                .filter(failure -> failure != null && failure.attempts() >= attempts)
                .map(failure -> pass.name(device) + ": " + failure.reason())).findFirst();
    }

    /** Returns what holds the removal of rules up. */
    static Optional<Trouble> delay(Pass pass, List<Withdrawal> withdrawals) {
        List<DeviceId> remaining = withdrawals.stream().map(Withdrawal::remaining).flatMap(Collection::stream)
                .distinct().collect(Collectors.toList());
        if (remaining.isEmpty()) {
            return Optional.empty();
        }
        Optional<Trouble> refused = withdrawals.stream()
                .flatMap(each -> each.refused(pass.limits().attempts()).stream()).findFirst()
                .map(message -> new Trouble(Conditions.RULES_REFUSED, message));
        List<DeviceId> absent = remaining.stream()
                .filter(device -> !pass.observed().device(device).available()).collect(Collectors.toList());
        return refused.or(() -> Optional.of(absent.isEmpty()
                ? new Trouble(Conditions.RULES_REMAIN, "rules remain on " + names(pass, remaining))
                : new Trouble(Conditions.DEVICE_ABSENT, "ONOS does not reach " + names(pass, absent))));
    }

    private static String names(Pass pass, List<DeviceId> devices) {
        return devices.stream().map(pass::name).sorted().collect(Collectors.joining(", "));
    }

    private DeviceView view(DeviceId device) {
        return pass.observed().device(device);
    }

    private static boolean admits(FlowRule rule) {
        return rule.table().equals(ADMIT);
    }
}
