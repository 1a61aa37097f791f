package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.OcsSessions;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * ONOS's store of the rules of one switch, and what its flow rule manager and its provider for drivers do with it,
 * with the settings of stock ONOS: what the store does not know is to be removed from the switch, what the switch does
 * not have is applied again.
 */
final class OnosRules {

    private final Map<FlowRule, DefaultFlowEntry> entries = new LinkedHashMap<>();
    private final Supplier<SwitchRules> programmable;

    OnosRules(Supplier<SwitchRules> programmable) {
        this.programmable = programmable;
    }

    static FlowRule rule(long in, long out, int priority) {
        return builder(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(in)).build(),
                DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(out)).build())
                .withPriority(priority).makePermanent().build();
    }

    static FlowRule.Builder builder(TrafficSelector selector, TrafficTreatment treatment) {
        return DefaultFlowRule.builder().forDevice(OcsSessions.device("ocs-1")).forTable(0).withPriority(100)
                .fromApp(new DefaultApplicationId(5, "app")).withSelector(selector).withTreatment(treatment);
    }

    RuleTable table() {
        return new RuleTable(new ArrayList<>(entries.values()));
    }

    FlowEntryState state(FlowRule rule) {
        return entries.get(rule).state();
    }

    /** Forgets all, as a restart does. */
    void lose() {
        entries.clear();
    }

    /** Takes rules into the store and no further. */
    void hold(FlowRule... rules) {
        for (FlowRule rule : rules) {
            // what has the same match is the same rule: it is overwritten
            entries.remove(rule);
            entries.put(rule, new DefaultFlowEntry(rule, FlowEntryState.PENDING_ADD, 0, 0, 0));
        }
    }

    Collection<FlowRule> add(FlowRule... rules) {
        hold(rules);
        return programmable.get().apply(List.of(rules));
    }

    Collection<FlowRule> remove(FlowRule... rules) {
        return programmable.get().remove(givenUp(List.of(rules)));
    }

    /** Carries out a batch as the provider for drivers does: what is added first. */
    void batch(List<FlowRule> adds, List<FlowRule> removes) {
        hold(adds.toArray(FlowRule[]::new));
        List<FlowRule> leaving = givenUp(removes);
        programmable.get().apply(adds);
        programmable.get().remove(leaving);
    }

    /** Reads the switch and brings both into line; returns what the switch shows. */
    List<String> poll() {
        return poll(false);
    }

    /** Takes what the switch has and the store has not into the store. */
    void importAll() {
        poll(true);
    }

    private List<String> poll(boolean imports) {
        Map<FlowRule, DefaultFlowEntry> missing = new LinkedHashMap<>(entries);
        List<String> shown = new ArrayList<>();
        for (FlowEntry entry : programmable.get().entries()) {
            Passage passage = Passage.of(entry);
            shown.add(passage.in() + ">" + passage.out());
            DefaultFlowEntry stored = missing.remove(entry);
            if (stored == null && imports) {
                entries.put(entry, new DefaultFlowEntry(entry, FlowEntryState.ADDED, 0, 0, 0));
            } else if (stored == null) {
                programmable.get().remove(List.of(entry));
            } else if (!stored.exactMatch(entry)) {
                programmable.get().remove(List.of(entry));
                missing(stored);
            } else if (stored.state() == FlowEntryState.PENDING_REMOVE) {
                programmable.get().remove(List.of(entry));
            } else {
                stored.setState(FlowEntryState.ADDED);
            }
        }
        missing.values().forEach(this::missing);
        return shown;
    }

    private void missing(DefaultFlowEntry stored) {
        if (stored.state() == FlowEntryState.PENDING_REMOVE) {
            entries.remove(stored);
        } else {
            stored.setState(FlowEntryState.PENDING_ADD);
            programmable.get().apply(List.of(stored));
        }
    }

    private List<FlowRule> givenUp(List<FlowRule> rules) {
        List<FlowRule> held = new ArrayList<>();
        for (FlowRule rule : rules) {
            DefaultFlowEntry stored = entries.get(rule);
            if (stored != null) {
                stored.setState(FlowEntryState.PENDING_REMOVE);
                held.add(new DefaultFlowRule(stored));
            }
        }
        return held;
    }
}
