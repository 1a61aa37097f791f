package org.cloister.isolation.control;

import org.cloister.isolation.program.Program;
import org.cloister.isolation.store.StoredSlice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far the rules of one slice are on their switches, and what brings them there. */
final class Rollout {

    private final Pass pass;
    private final Program program;
    private final Map<DeviceId, DeviceProgress> progress = new LinkedHashMap<>();

    Rollout(Pass pass, StoredSlice slice) {
        this.pass = pass;
        this.program = pass.programs().of(pass.fabric(), slice);
        program.rules().keySet().forEach(device -> progress.put(device, pass.programs()
                .progress(pass.fabric(), slice, device, pass.observed().device(device).table())));
    }

    /** Returns whether every rule was read back from a switch that is reached. */
    boolean complete() {
        return program.unknownSwitches().isEmpty() && progress.entrySet().stream()
                .allMatch(entry -> view(entry.getKey()).available() && entry.getValue().complete());
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
                pass.plan().read(device);
            }
        });
    }

    /** Returns the trouble with a rule, of the slice or to deny by default, that was refused so many times. */
    Optional<Trouble> refused(int attempts) {
        return progress.keySet().stream()
                .flatMap(device -> pass.base().refused(device, attempts).or(() -> refused(device, attempts)).stream()
                        .map(reason -> new Trouble(Conditions.RULES_REFUSED, pass.name(device) + ": " + reason)))
                .findFirst();
    }

    private Optional<String> refused(DeviceId device, int attempts) {
        Map<FlowRule, Failure> failures = view(device).failures();
        return failures.isEmpty() ? Optional.empty() : program.rules().get(device).stream()
                .map(failures::get).filter(failure -> failure != null && failure.attempts() >= attempts)
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
