package org.cloister.isolation.control.observed;

import org.onosproject.net.flow.FlowRule;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Our rules on one switch at one moment, found by key (table, priority, selector) and by tag. Immutable; a table that
 * has not changed is the same object, which callers may build on.
 */
public final class RuleTable {

    private static final RuleTable EMPTY = of(List.of());

    private final Map<FlowRule, SeenRule> byKey;
    private final Map<Integer, List<SeenRule>> byTag;
    private final List<SeenRule> untagged;
    private final Set<Long> meters;
    private final Set<Integer> pushedTags;

    private RuleTable(Map<FlowRule, SeenRule> byKey, Map<Integer, List<SeenRule>> byTag, List<SeenRule> untagged,
                      Set<Long> meters) {
        this.byKey = byKey;
        this.byTag = byTag;
        this.untagged = untagged;
        this.meters = meters;
        this.pushedTags = byTag.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(seen -> Tags.pushes(seen.rule())))
                .map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns a table without rules. */
    public static RuleTable empty() {
        return EMPTY;
    }

    /** Returns a table of rules, each with a key of its own. */
    public static RuleTable of(Collection<SeenRule> rules) {
        Map<FlowRule, SeenRule> byKey = new LinkedHashMap<>();
        Map<Integer, List<SeenRule>> byTag = new HashMap<>();
        List<SeenRule> untagged = new ArrayList<>();
        Set<Long> meters = new HashSet<>();
        for (SeenRule seen : rules) {
            byKey.put(seen.rule(), seen);
            seen.rule().treatment().meters().forEach(meter -> meters.add(meter.meterId().id()));
            Tags.of(seen.rule()).ifPresentOrElse(
                    tag -> byTag.computeIfAbsent(tag, key -> new ArrayList<>()).add(seen), () -> untagged.add(seen));
        }
        return new RuleTable(byKey, byTag, untagged, meters);
    }

    /** Returns the rule at the key of the given one, whatever its treatment; null if there is none. */
    public SeenRule at(FlowRule key) {
        return byKey.get(key);
    }

    /** Returns all rules. */
    public Collection<SeenRule> rules() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** Returns the rules that match or push a tag. */
    public List<SeenRule> tagged(int tag) {
        return byTag.getOrDefault(tag, List.of());
    }

    /** Returns the rules that belong to no slice. */
    public List<SeenRule> untagged() {
        return Collections.unmodifiableList(untagged);
    }

    /** Returns the ids of the meters that rules send packets through. */
    public Set<Long> meters() {
        return Collections.unmodifiableSet(meters);
    }

    /** Returns the tags that some rule gives packets. */
    public Set<Integer> pushedTags() {
        return pushedTags;
    }

    /** Returns the tags that some rule matches or pushes. */
    public Set<Integer> tags() {
        return Collections.unmodifiableSet(byTag.keySet());
    }
}
