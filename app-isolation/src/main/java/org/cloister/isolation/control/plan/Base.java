package org.cloister.isolation.control.plan;

import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.program.Program;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The rules that deny by default: on every configured switch, and before any rule of a slice. */
public final class Base {

    private final Program program;
    private final Observed observed;
    private final Map<DeviceId, DeviceProgress> progress = new HashMap<>();

    Base(Program program, Observed observed) {
        this.program = program;
        this.observed = observed;
    }

    /** Adds what is missing. */
    public void plan(Pass pass) {
        plan(pass, device -> true);
    }

    /** Adds what is missing on some devices. */
    public void plan(Pass pass, Predicate<DeviceId> where) {
        program.rules().forEach((device, rules) -> {
            if (!where.test(device)) {
                return;
            }
            DeviceProgress compared = progress(device);
            RuleTable table = observed.device(device).table();
            compared.conflicting().forEach(rule -> pass.plan().remove(table.at(rule).rule()));
            compared.absent().forEach(pass.plan()::add);
            if (!compared.complete()) {
                pass.plan().read(device);
            }
        });
    }

    /** Returns whether the switch has taken all of these rules, so that rules of slices may follow. */
    public boolean ready(DeviceId device) {
        DeviceView view = observed.device(device);
        DeviceProgress compared = progress(device);
        return view.available() && !view.busy() && compared.absent().isEmpty() && compared.conflicting().isEmpty()
                && program.rules().getOrDefault(device, List.of()).stream().noneMatch(view.failures()::containsKey);
    }

    /** Returns why a switch has refused one of these rules so many times, the last time not before a time. */
    public Optional<String> refused(DeviceId device, int attempts, Instant since) {
        Map<FlowRule, Failure> failures = observed.device(device).failures();
        return failures.isEmpty() ? Optional.empty() : program.rules().getOrDefault(device, List.of()).stream()
                .map(failures::get).filter(failure -> failure != null && failure.repeated(attempts, since))
                .map(Failure::reason).findFirst();
    }

    /** Returns the keys of these rules on a device. */
    public Set<FlowRule> keys(DeviceId device) {
        return new HashSet<>(program.rules().getOrDefault(device, List.of()));
    }

    private DeviceProgress progress(DeviceId device) {
        return progress.computeIfAbsent(device, key -> DeviceProgress.of(
                program.rules().getOrDefault(device, List.of()), observed.device(key).table()));
    }
}
