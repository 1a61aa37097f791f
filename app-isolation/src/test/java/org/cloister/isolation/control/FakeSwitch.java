package org.cloister.isolation.control;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A switch with its rules, what ONOS's store has of them, and how it behaves. */
final class FakeSwitch {

    final DeviceId device;
    /** What is on the switch, by key. */
    final Map<FlowRule, FlowRule> rules = new LinkedHashMap<>();
    /** What ONOS's store has. */
    final Map<FlowRule, FakeOnosRules.Entry> entries = new LinkedHashMap<>();
    /** Every state that the switch was in. */
    final List<Map<FlowRule, FlowRule>> history = new ArrayList<>();
    /** The meters on the switch, by id. */
    final SortedMap<Long, MeterSize> meters = new TreeMap<>();
    Predicate<MeterSize> refusesMeters = size -> false;
    /** Whether meters are not let go. */
    boolean keepsMeters;
    /** How many meters fit. */
    int maxMeters = 4095;
    Behaviour behaviour = Behaviour.OBEY;
    Predicate<FlowRule> refuses = rule -> false;
    Predicate<FlowRule> keeps = rule -> false;
    Duration latency = Duration.ofMillis(2);
    boolean available = true;
    boolean unreadable;
    /** How often ONOS was asked for its rules. */
    int asked;
    boolean tellsRemovals = true;
    int batches;
    final Set<FlowRuleOperations> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
    int readsBegun;

    FakeSwitch(DeviceId device) {
        this.device = device;
    }

    /** What happens to batches. */
    enum Behaviour {
        /** Rules are taken and acknowledged. */
        OBEY,
        /** Nothing arrives and no answer comes. */
        LOSE,
        /** Rules are acknowledged and not taken. */
        LIE
    }
}
