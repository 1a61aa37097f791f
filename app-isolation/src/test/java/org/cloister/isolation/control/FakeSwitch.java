package org.cloister.isolation.control;

import org.cloister.isolation.control.observed.MeterSize;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A switch with its rules, what ONOS's store has of them, and how it behaves. */
public final class FakeSwitch {

    public final DeviceId device;
    /** What is on the switch, by key. */
    final Map<FlowRule, FlowRule> rules = new LinkedHashMap<>();
    /** What ONOS's store has. */
    final Map<FlowRule, FakeOnosRules.Entry> entries = new LinkedHashMap<>();
    /** Every state that the switch was in, unless it {@link #forgets}. */
    final List<Map<FlowRule, FlowRule>> history = new ArrayList<>();
    /** The meters on the switch, by id. */
    final SortedMap<Long, MeterSize> meters = new TreeMap<>();
    public Predicate<MeterSize> refusesMeters = size -> false;
    /** Whether meters are not let go. */
    boolean keepsMeters;
    /** How many meters fit. */
    int maxMeters = 4095;
    /** Long runs keep no history. */
    boolean forgets;
    Behaviour behaviour = Behaviour.OBEY;
    Predicate<FlowRule> refuses = rule -> false;
    Predicate<FlowRule> keeps = rule -> false;
    /** Whether there is anything that it refuses or keeps. */
    boolean refusing;
    Duration latency = Duration.ofMillis(2);
    /** How long a batch takes from the node that sends it to the store of the switch's master. */
    Duration dispatch = Duration.ofMillis(1);
    /** Whether what is read from it never arrives. */
    boolean mute;
    boolean available = true;
    boolean unreadable;
    /** How often ONOS was asked for its rules. */
    int asked;
    boolean tellsRemovals = true;
    int batches;
    /** Batches without an answer, by the node that sent them. */
    final Map<FlowRuleOperations, String> underWay = new IdentityHashMap<>();
    /** What arrives at the switch arrives in the order in which it was sent, not before this. */
    Instant arrives = Instant.MIN;
    int readsBegun;
    int readsTaken;

    FakeSwitch(DeviceId device) {
        this.device = device;
    }

    /** Whether it does as it is told, whatever its answers say, as far as anybody can tell. */
    boolean obeys() {
        return available && !refusing && behaviour != Behaviour.DENY && behaviour != Behaviour.LIE;
    }

    /** What happens to batches. */
    enum Behaviour {
        /** Rules are taken and acknowledged. */
        OBEY,
        /** Nothing arrives and no answer comes. */
        LOSE,
        /** Rules are acknowledged and not taken. */
        LIE,
        /** Rules are taken, and the answer comes when nobody waits for it any more. */
        LATE,
        /** Rules are taken and no answer comes. */
        SILENT,
        /** Rules are taken twice. */
        TWICE,
        /** Rules are taken, and some are said not to be. */
        DENY;

        /** Whether rules that arrive are taken. */
        boolean takes() {
            return this != LOSE && this != LIE;
        }
    }
}
