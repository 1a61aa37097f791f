package org.cloister.isolation.program;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules that something needs, by device; devices sorted by id, rules in the order the compiler made them. */
public final class Program {

    private final SortedMap<DeviceId, List<FlowRule>> rules;

    private final SortedSet<String> unknownSwitches;

    private Program(SortedMap<DeviceId, List<FlowRule>> rules, SortedSet<String> unknownSwitches) {
        this.rules = rules;
        this.unknownSwitches = unknownSwitches;
    }

    /** Returns the program of the given rules, which lacks those of some switches. */
    public static Program of(Collection<FlowRule> rules, Collection<String> unknownSwitches) {
        SortedMap<DeviceId, List<FlowRule>> byDevice = new TreeMap<>(Comparator.comparing(DeviceId::toString));
        rules.forEach(rule -> byDevice.computeIfAbsent(rule.deviceId(), device -> new ArrayList<>()).add(rule));
        byDevice.replaceAll((device, list) -> Collections.unmodifiableList(list));
        return new Program(Collections.unmodifiableSortedMap(byDevice),
                Collections.unmodifiableSortedSet(new TreeSet<>(unknownSwitches)));
    }

    /** Returns the rules by device. */
    public Map<DeviceId, List<FlowRule>> rules() {
        return rules;
    }

    /**
     * Returns the names of switches that need rules and are not configured; what is needed there is not in
     * {@link #rules()}. A slice outlives the removal of a switch from the configuration, as a degraded one.
     */
    public SortedSet<String> unknownSwitches() {
        return unknownSwitches;
    }

    /** Returns the number of rules on all devices. */
    public int size() {
        return rules.values().stream().mapToInt(List::size).sum();
    }
}
