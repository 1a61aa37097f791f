package org.cloister.isolation.control.plan;

import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.observed.Observed;
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
public final class Pass {

    private final Fabric fabric;
    private final Observed observed;
    private final Instant now;
    private final Limits limits;
    private final Programs programs;
    private final Drained drained;
    private final Plan plan;
    private final Map<DeviceId, Switch> switches;
    private final Base base;

    /** Creates a pass at a time, with an empty plan. */
    public Pass(Fabric fabric, Drained drained, Observed observed, Instant now, Limits limits, Programs programs) {
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

    /** Returns the fabric as it is now. */
    public Fabric fabric() {
        return fabric;
    }

    /** Returns what was read from the switches. */
    public Observed observed() {
        return observed;
    }

    /** Returns the time that all decisions of the pass are made at. */
    public Instant now() {
        return now;
    }

    /** Returns how long and how often things are tried. */
    public Limits limits() {
        return limits;
    }

    /**
     * Returns the rules of an installation.
     *
     * @throws IllegalArgumentException if its allocation contradicts itself
     */
    public Compiled compiled(Installation installation) {
        return programs.of(fabric, installation);
    }

    /** What is out of use. */
    public Drained drained() {
        return drained;
    }

    /** Returns the plan that decisions add to. */
    public Plan plan() {
        return plan;
    }

    /** Returns the rules that deny by default. */
    public Base base() {
        return base;
    }

    /** Returns when an installation is given up; the time in which no leader could carry it on does not count. */
    public Instant fair(Instant deadline) {
        return fair(deadline, limits.installing());
    }

    /** Returns when something is given up that may take so long. */
    public Instant fair(Instant deadline, Duration limit) {
        Instant earliest = observed.since().plus(limit);
        return earliest.isAfter(deadline) ? earliest : deadline;
    }

    /** Returns whether a device is in the configuration; no other one is ever touched. */
    public boolean configured(DeviceId device) {
        return switches.containsKey(device);
    }

    /** Returns what a configured device is called, else its id. */
    public String name(DeviceId device) {
        Switch found = switches.get(device);
        return found == null ? device.toString() : found.name();
    }
}
