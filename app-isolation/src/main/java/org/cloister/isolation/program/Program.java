package org.cloister.isolation.program;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rules that something needs, by device; devices sorted by id, rules in the order the compiler made them. */
public final class Program {

    private final SortedMap<DeviceId, List<FlowRule>> rules;

    private Program(SortedMap<DeviceId, List<FlowRule>> rules) {
        this.rules = rules;
    }

    /** Returns the program of the given rules. */
    public static Program of(Collection<FlowRule> rules) {
        SortedMap<DeviceId, List<FlowRule>> byDevice = new TreeMap<>(Comparator.comparing(DeviceId::toString));
        rules.forEach(rule -> byDevice.computeIfAbsent(rule.deviceId(), device -> new ArrayList<>()).add(rule));
        byDevice.replaceAll((device, list) -> Collections.unmodifiableList(list));
        return new Program(Collections.unmodifiableSortedMap(byDevice));
    }

    /** Returns the rules by device. */
    public Map<DeviceId, List<FlowRule>> rules() {
        return rules;
    }

    /** Returns the number of rules on all devices. */
    public int size() {
        return rules.values().stream().mapToInt(List::size).sum();
    }
}
