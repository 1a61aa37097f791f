package org.cloister.isolation.control.plan;

import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.program.Program;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Rules that are wanted together. What a comparison with a switch's table has shown is remembered as long as that
 * table is the same object: a pass costs what has changed since the last one.
 */
public final class RuleSet {

    private final Program program;
    private final SortedSet<String> devices;
    private final Map<DeviceId, RuleTable> tables = new HashMap<>();
    private final Map<DeviceId, DeviceProgress> progress = new HashMap<>();

    RuleSet(Program program) {
        this.program = program;
        SortedSet<String> ids = new TreeSet<>();
        program.rules().keySet().forEach(device -> ids.add(device.toString()));
        this.devices = Collections.unmodifiableSortedSet(ids);
    }

    /** Returns the switches that need some of the rules and are not configured. */
    public SortedSet<String> unknownSwitches() {
        return program.unknownSwitches();
    }

    /** Returns the devices that some of the rules are for. */
    public Set<DeviceId> devices() {
        return program.rules().keySet();
    }

    /** Returns their ids. */
    public SortedSet<String> deviceIds() {
        return devices;
    }

    /** Returns the rules for one device, none if there are none. */
    public List<FlowRule> rules(DeviceId device) {
        return program.rules().getOrDefault(device, List.of());
    }

    /** Compares the rules for one device with what was seen there. */
    public DeviceProgress progress(DeviceId device, RuleTable table) {
        if (tables.put(device, table) != table) {
            progress.put(device, DeviceProgress.of(rules(device), table));
        }
        return progress.get(device);
    }
}
