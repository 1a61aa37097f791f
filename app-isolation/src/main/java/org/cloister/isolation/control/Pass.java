package org.cloister.isolation.control;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.onosproject.net.DeviceId;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the decisions of one pass look at, and the plan that they add to. */
final class Pass {

    private final Fabric fabric;
    private final Observed observed;
    private final Instant now;
    private final Limits limits;
    private final Programs programs;
    private final Drained drained;
    private final Plan plan;
    private final Map<DeviceId, Switch> switches;
    private final Base base;

    Pass(Fabric fabric, Drained drained, Observed observed, Instant now, Limits limits, Programs programs) {
        this.fabric = Objects.requireNonNull(fabric, "fabric is null");
        this.observed = Objects.requireNonNull(observed, "observed is null");
        this.now = Objects.requireNonNull(now, "now is null");
        this.limits = Objects.requireNonNull(limits, "limits is null");
        this.programs = Objects.requireNonNull(programs, "programs is null");
        this.drained = Objects.requireNonNull(drained, "drained is null");
        this.plan = new Plan(observed, now, limits.batch());
        this.switches = fabric.switches().values().stream()
                .collect(Collectors.toMap(Switch::device, Function.identity()));
        this.base = new Base(programs.base(fabric), observed);
    }

    Fabric fabric() {
        return fabric;
    }

    Observed observed() {
        return observed;
    }

    Instant now() {
        return now;
    }

    Limits limits() {
        return limits;
    }

    /**
     * Returns the rules of an installation.
     *
     * @throws IllegalArgumentException if its allocation contradicts itself
     */
    Compiled compiled(Installation installation) {
        return programs.of(fabric, installation);
    }

    /** What is out of use. */
    Drained drained() {
        return drained;
    }

    Plan plan() {
        return plan;
    }

    Base base() {
        return base;
    }

    /** Returns when an installation is given up; the time in which no leader could carry it on does not count. */
    Instant fair(Instant deadline) {
        return fair(deadline, limits.installing());
    }

    /** Returns when something is given up that may take so long. */
    Instant fair(Instant deadline, Duration limit) {
        Instant earliest = observed.since().plus(limit);
        return earliest.isAfter(deadline) ? earliest : deadline;
    }

    /** Returns whether a device is in the configuration; no other one is ever touched. */
    boolean configured(DeviceId device) {
        return switches.containsKey(device);
    }

    /** Returns what a configured device is called, else its id. */
    String name(DeviceId device) {
        Switch found = switches.get(device);
        return found == null ? device.toString() : found.name();
    }
}
