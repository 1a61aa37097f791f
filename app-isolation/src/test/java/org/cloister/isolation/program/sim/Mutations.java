package org.cloister.isolation.program.sim;

import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instruction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/** Breaks rules on purpose, to see that the tests see it. */
public final class Mutations {

    private Mutations() {
    }

    /** Returns the rules with one kind of condition taken out of some; what then is the same rule stays once. */
    public static List<FlowRule> without(Criterion.Type condition, Collection<FlowRule> rules,
                                         Predicate<FlowRule> where) {
        LinkedHashSet<FlowRule> mutated = new LinkedHashSet<>();
        for (FlowRule rule : rules) {
            mutated.add(where.test(rule) ? copy(rule, selector(rule, condition), rule.treatment()) : rule);
        }
        return new ArrayList<>(mutated);
    }

    /** Returns the rules with some kind of instruction taken out. */
    public static List<FlowRule> withoutInstruction(Predicate<Instruction> unwanted, Collection<FlowRule> rules) {
        List<FlowRule> mutated = new ArrayList<>();
        for (FlowRule rule : rules) {
            TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
            rule.treatment().immediate().stream().filter(unwanted.negate()).forEach(treatment::add);
            if (rule.treatment().tableTransition() != null) {
                treatment.transition(rule.treatment().tableTransition().tableId());
            }
            mutated.add(copy(rule, rule.selector(), treatment.build()));
        }
        return mutated;
    }

    /** Returns whether a rule is in a table and matches on all of the given. */
    public static boolean isIn(FlowRule rule, int table, Criterion.Type... conditions) {
        return ((IndexTableId) rule.table()).id() == table
                && List.of(conditions).stream().allMatch(type -> rule.selector().getCriterion(type) != null);
    }

    private static TrafficSelector selector(FlowRule rule, Criterion.Type condition) {
        TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
        rule.selector().criteria().stream().filter(each -> each.type() != condition).forEach(selector::add);
        return selector.build();
    }

    private static FlowRule copy(FlowRule rule, TrafficSelector selector, TrafficTreatment treatment) {
        return DefaultFlowRule.builder().forDevice(rule.deviceId()).forTable(((IndexTableId) rule.table()).id())
                .withPriority(rule.priority()).withSelector(selector).withTreatment(treatment)
                .withCookie(rule.id().value()).makePermanent().build();
    }
}
