package org.cloister.isolation.control.observed;

import org.immutables.value.Value;
import org.onosproject.net.flow.FlowRule;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the leader knows of one switch. Absence of a rule counts only where {@link #known()}; what is not known is
 * never taken for empty.
 */
@Value.Immutable
@Value.Style(jdkOnly = true, get = "*", visibility = Value.Style.ImplementationVisibility.PUBLIC)
public interface DeviceView {

    /** Reads that must follow the last sight of a tag: the first of them may have begun before. */
    int READS = 2;

    /** Whether ONOS reaches it. */
    @Value.Default
    default boolean available() {
        return false;
    }

    /** Whether this node can read its table at any time; else it is read when ONOS does. */
    @Value.Default
    default boolean readable() {
        return false;
    }

    /** Whether operations on it are under way, so that neither presence nor absence of a rule means anything. */
    @Value.Default
    default boolean busy() {
        return false;
    }

    /** How often its whole table was read since it became available or this node became the leader. */
    @Value.Default
    default long reads() {
        return 0;
    }

    /** Our rules. */
    @Value.Default
    default RuleTable table() {
        return RuleTable.empty();
    }

    /** The number of the read at which rules of a tag were last there or under way; the first ones when absent. */
    Map<Integer, Long> tagReads();

    /** The same of the rules that admit at host ports and give packets a tag. */
    Map<Integer, Long> hostAdmitReads();

    /** What it did not take, by key. */
    Map<FlowRule, Failure> failures();

    /** Whether a rule that is not in {@link #table()} is not on the switch. */
    default boolean known() {
        return available() && reads() >= READS;
    }

    /**
     * Whether no rule of a tag is on the switch: none is in its table, none is under way, and reads that began after
     * the last one was removed have shown none.
     */
    default boolean clean(int tag) {
        return known() && !busy() && table().tagged(tag).isEmpty()
                && reads() >= tagReads().getOrDefault(tag, 0L) + READS;
    }

    /** Whether no host port admits packets under a tag, as surely as {@link #clean} says it of all rules. */
    default boolean admitsNothing(int tag) {
        return known() && !busy() && !table().pushedTags().contains(tag)
                && reads() >= hostAdmitReads().getOrDefault(tag, 0L) + READS;
    }

    /** The tags that rules on the switch have or had until lately. */
    default Set<Integer> heldTags() {
        Set<Integer> held = tagReads().keySet().stream().filter(tag -> !clean(tag)).collect(Collectors.toSet());
        held.addAll(table().tags());
        return held;
    }

    static DeviceView unknown() {
        return ImmutableDeviceView.builder().build();
    }
}
