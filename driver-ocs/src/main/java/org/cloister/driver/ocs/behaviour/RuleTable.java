package org.cloister.driver.ocs.behaviour;

import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.HashMap;

/** The rules that ONOS holds for one switch at one moment, by what they say. */
final class RuleTable {

    private final Map<Passage, List<FlowEntry>> wanted = new HashMap<>();
    private final Map<Passage, List<FlowEntry>> unwanted = new HashMap<>();
    private final Set<Long> wantedInputs = new HashSet<>();

    RuleTable(Iterable<FlowEntry> entries) {
        for (FlowEntry entry : entries) {
            Passage passage;
            try {
                passage = Passage.of(entry);
            } catch (IllegalArgumentException e) {
                // refused when it came
                continue;
            }
            boolean leaves = entry.state() == FlowEntry.FlowEntryState.PENDING_REMOVE
                    || entry.state() == FlowEntry.FlowEntryState.REMOVED;
            (leaves ? unwanted : wanted).computeIfAbsent(passage, added -> new ArrayList<>()).add(entry);
            if (!leaves) {
                wantedInputs.add(passage.in());
            }
        }
    }

    /** Returns whether there is a rule that is not to be removed. */
    boolean wants(Passage passage) {
        return wanted.containsKey(passage);
    }

    /** Returns whether somebody asked to have a rule removed. */
    boolean givesUp(Passage passage) {
        return unwanted.containsKey(passage) && !wants(passage);
    }

    /** Returns whether a rule was replaced by one that leads elsewhere. */
    boolean leadsElsewhere(Passage passage) {
        return !wants(passage) && wantedInputs.contains(passage.in());
    }

    /** Returns the rules that say this, in whatever state. */
    List<FlowRule> rules(Passage passage) {
        List<FlowRule> rules = new ArrayList<>(wanted.getOrDefault(passage, List.of()));
        rules.addAll(unwanted.getOrDefault(passage, List.of()));
        return rules;
    }
}
