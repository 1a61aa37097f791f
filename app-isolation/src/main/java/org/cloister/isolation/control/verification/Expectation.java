package org.cloister.isolation.control.verification;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Admittances;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.AdmitLevel;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.Program;
import org.cloister.isolation.program.Tables;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;
import org.onlab.packet.VlanId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules that a slice's document asks for: those that must be there, and those that may. The two differ while a
 * slice moves. Its host ports change over device by device, so of the two rules that admit a host either will do; what
 * is being brought in, or is on its way out, may be there or not.
 */
final class Expectation {

    private final Map<FlowRule, FlowRule> required = new LinkedHashMap<>();
    private final Map<FlowRule, FlowRule> allowed = new HashMap<>();
    private final Map<FlowRule, FlowRule> either = new HashMap<>();
    private final SortedSet<Integer> tags = new TreeSet<>();
    private final SortedSet<String> unknownSwitches = new TreeSet<>();

    private Expectation() {
    }

    /**
     * Returns what is expected of a slice.
     *
     * @throws IllegalArgumentException if its document contradicts itself
     */
    static Expectation of(Fabric fabric, StoredSlice slice, Compiler compiler) {
        Expectation expected = new Expectation();
        slice.allocation().ifPresent(allocation -> expected.tags.add(allocation.tag()));
        slice.move().ifPresent(move -> expected.tags.add(move.allocation().tag()));
        slice.retired().forEach(retired -> expected.tags.add(retired.allocation().tag()));
        boolean absent = slice.state() == SliceState.REMOVING || slice.state() == SliceState.FAILED
                || slice.state() == SliceState.RESERVED;
        if (fabric.enforce() && !absent && slice.allocation().isPresent()) {
            expected.fill(fabric, slice, compiler);
        }
        return expected;
    }

    private void fill(Fabric fabric, StoredSlice slice, Compiler compiler) {
        Program current = compile(fabric, slice, slice.allocation().orElseThrow(), slice.admitLevel(), compiler);
        unknownSwitches.addAll(current.unknownSwitches());
        boolean switching = slice.move().filter(move -> move.phase() == Move.Phase.SWITCHING).isPresent();
        rules(current).forEach(rule -> (switching && admitsHost(rule) ? allowed : required).put(rule, rule));
        for (Move move : slice.move().map(List::of).orElse(List.of())) {
            Program next = compile(fabric, slice, move.allocation(), slice.admitLevel().other(), compiler);
            rules(next).forEach(rule -> (switching && !admitsHost(rule) ? required : allowed).put(rule, rule));
            if (switching) {
                pair(current, next);
            }
        }
        for (Retired retired : slice.retired()) {
            rules(compile(fabric, slice, retired.allocation(), retired.admitLevel(), compiler))
                    .forEach(rule -> allowed.put(rule, rule));
        }
        // the same rule may be of two generations: what must be there is compared as such
        allowed.keySet().removeAll(required.keySet());
    }

    /** A host that is a member before and after the move is admitted by one of two rules at any time. */
    private void pair(Program current, Program next) {
        Map<List<Object>, FlowRule> admits = new HashMap<>();
        rules(next).stream().filter(Expectation::admitsHost).forEach(rule -> admits.put(place(rule), rule));
        rules(current).stream().filter(Expectation::admitsHost).forEach(rule -> {
            FlowRule other = admits.get(place(rule));
            if (other != null) {
                either.put(rule, other);
            }
        });
    }

    private static List<Object> place(FlowRule rule) {
        return List.of(rule.deviceId(), rule.table(), rule.selector());
    }

    private static Program compile(Fabric fabric, StoredSlice slice, Allocation allocation, AdmitLevel level,
                                   Compiler compiler) {
        return compiler.slice(fabric, allocation, Admittances.of(fabric, slice, allocation, level));
    }

    private static Collection<FlowRule> rules(Program program) {
        List<FlowRule> rules = new ArrayList<>();
        program.rules().values().forEach(rules::addAll);
        return rules;
    }

    /** Whether a rule gives packets of a host the slice's tag. */
    private static boolean admitsHost(FlowRule rule) {
        Criterion vlan = rule.selector().getCriterion(Criterion.Type.VLAN_VID);
        return rule.table().equals(IndexTableId.of(Tables.ADMIT)) && vlan instanceof VlanIdCriterion
                && ((VlanIdCriterion) vlan).vlanId().equals(VlanId.NONE);
    }

    /** Whether nothing at all has to be there. */
    boolean nothing() {
        return required.isEmpty() && either.isEmpty();
    }

    /** The tags that are the slice's. */
    SortedSet<Integer> tags() {
        return tags;
    }

    /** The switches that need rules and are not configured. */
    SortedSet<String> unknownSwitches() {
        return unknownSwitches;
    }

    /** The rules that must be there on a device. */
    List<FlowRule> required(DeviceId device) {
        return on(device, required.keySet());
    }

    /** The rules on a device of which each, or the one that it is mapped to, must be there. */
    Map<FlowRule, FlowRule> either(DeviceId device) {
        Map<FlowRule, FlowRule> pairs = new LinkedHashMap<>();
        on(device, either.keySet()).forEach(rule -> pairs.put(rule, either.get(rule)));
        return pairs;
    }

    /** Returns the rule that may be where the given one is; null if none may. */
    FlowRule at(FlowRule key) {
        FlowRule must = required.get(key);
        return must == null ? allowed.get(key) : must;
    }

    private static List<FlowRule> on(DeviceId device, Collection<FlowRule> rules) {
        return rules.stream().filter(rule -> rule.deviceId().equals(device)).collect(Collectors.toList());
    }
}
