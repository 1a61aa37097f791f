package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.DeviceProgress;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.RuleSet;
import org.cloister.isolation.control.plan.Trouble;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far some rules of a slice are on their switches, and what brings them there. */
final class Rollout {

    private final Pass pass;
    private final RuleSet wanted;
    private final boolean urgent;
    private final Map<DeviceId, DeviceProgress> progress = new LinkedHashMap<>();

    /**
     * Compares.
     *
     * @param urgent whether what is on its way is to be read back as soon as it can be
     */
    Rollout(Pass pass, RuleSet wanted, boolean urgent) {
        this.pass = pass;
        this.wanted = wanted;
        this.urgent = urgent;
        wanted.devices().forEach(device -> progress.put(device,
                wanted.progress(device, pass.observed().device(device).table())));
    }

    /** Returns whether every rule was read back from a switch that is reached. */
    boolean complete() {
        return complete(device -> false);
    }

    /** Returns whether every rule for one device was read back from it; it may be away by now. */
    boolean complete(DeviceId device) {
        return wanted.rules(device).isEmpty() || progress.get(device).complete();
    }

    /**
     * Returns whether every switch is reached and every rule was read back from it.
     *
     * @param onTrust the switches that need only have said that they took every rule, which is less than a proof
     */
    boolean complete(Predicate<DeviceId> onTrust) {
        return wanted.unknownSwitches().isEmpty() && progress.entrySet().stream()
                .allMatch(entry -> view(entry.getKey()).available() && entry.getValue().complete()
                        || onTrust.test(entry.getKey()) && acknowledged(entry.getKey()));
    }

    /** Returns whether a switch has said that it took every rule that is for it. */
    boolean acknowledged(DeviceId device) {
        if (wanted.rules(device).isEmpty()) {
            return true;
        }
        DeviceView view = view(device);
        DeviceProgress compared = progress.get(device);
        return view.available() && !view.busy() && compared.absent().isEmpty() && compared.conflicting().isEmpty()
                && wanted.rules(device).stream().noneMatch(view.failures()::containsKey);
    }

    SortedSet<String> unknownSwitches() {
        return wanted.unknownSwitches();
    }

    /**
     * Adds what is missing where the switch already denies by default; removes what is in the way of it.
     *
     * @param where the switches that may be sent rules
     */
    void plan(Predicate<DeviceView> where) {
        progress.forEach((device, compared) -> {
            RuleTable table = view(device).table();
            if (where.test(view(device)) && pass.base().ready(device)) {
                compared.conflicting().forEach(rule -> pass.plan().remove(table.at(rule).rule()));
                compared.absent().forEach(pass.plan()::add);
            }
            if (!compared.complete()) {
                pass.plan().read(device, urgent);
            }
        });
    }

    /**
     * Returns the trouble with a rule, of the slice or to deny by default, that was refused so many times, the last time
     * not before a time.
     */
    Optional<Trouble> refused(int attempts, Instant since) {
        return progress.keySet().stream()
                .flatMap(device -> pass.base().refused(device, attempts, since)
                        .or(() -> refused(device, attempts, since)).stream()
                        .map(reason -> new Trouble(Conditions.RULES_REFUSED, pass.name(device) + ": " + reason)))
                .findFirst();
    }

    private Optional<String> refused(DeviceId device, int attempts, Instant since) {
        Map<FlowRule, Failure> failures = view(device).failures();
        return failures.isEmpty() ? Optional.empty() : wanted.rules(device).stream()
                .map(failures::get).filter(failure -> failure != null && failure.repeated(attempts, since))
                .map(Failure::reason).findFirst();
    }

    /** Returns what is missing: switches first, then rules. */
    Trouble missing() {
        List<DeviceId> absent = absentDevices();
        return absent.isEmpty()
                ? new Trouble(Conditions.RULES_MISSING, "rules are missing on " + names(progress.entrySet().stream()
                        .filter(entry -> !entry.getValue().complete()).map(Map.Entry::getKey)))
                : new Trouble(Conditions.DEVICE_ABSENT, "ONOS does not reach " + names(absent.stream()));
    }

    List<DeviceId> absentDevices() {
        return progress.keySet().stream().filter(device -> !view(device).available()).collect(Collectors.toList());
    }

    /** Returns whether a rule is missing where enough is known to say so. */
    boolean surelyIncomplete() {
        return progress.entrySet().stream().anyMatch(entry -> view(entry.getKey()).known()
                && !view(entry.getKey()).busy() && !entry.getValue().complete());
    }

    private DeviceView view(DeviceId device) {
        return pass.observed().device(device);
    }

    private String names(Stream<DeviceId> devices) {
        return devices.map(pass::name).sorted().collect(Collectors.joining(", "));
    }
}
