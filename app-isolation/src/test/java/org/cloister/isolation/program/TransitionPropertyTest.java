package org.cloister.isolation.program;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.program.sim.Attacks;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.Judge;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.program.sim.Mutations;
import org.cloister.isolation.program.sim.RandomSlices;
import org.cloister.isolation.program.sim.Scenario;
import org.cloister.isolation.program.sim.Trace;
import org.cloister.isolation.program.sim.VlanReading;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running slice moves to other links under another tag, rule by rule, as design.md's two phases say: at every
 * step between, each of its packets arrives once, and none that a neighbour sends.
 */
class TransitionPropertyTest {

    private static final Compiler COMPILER = new OpenFlowCompiler(
            new DefaultApplicationId(42, "org.cloister"), CompilerOptions.defaults());
    private static final List<String> MOVING = List.of("gpu-1-1", "gpu-1-2", "gpu-2-1", "gpu-3-1");
    private static final List<String> NEIGHBOUR = List.of("gpu-1-3", "gpu-2-2");

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void noStateInBetweenLosesOrLeaksAPacket(@ForAll long seed) {
        Random random = new Random(seed);
        Fabric fabric = LeafSpine.of(3, 6, 3);
        Scenario all = RandomSlices.of(fabric, List.of(MOVING, NEIGHBOUR, MOVING), random);
        Allocation old = all.slices().get(0);
        Allocation next = all.slices().get(2);
        Scenario judged = new Scenario(fabric, List.of(both(old, next), all.slices().get(1)));

        Set<FlowRule> installed = new LinkedHashSet<>(rules(COMPILER.base(fabric)));
        installed.addAll(rules(COMPILER.slice(fabric, old, Admittance.at(AdmitLevel.FIRST))));
        installed.addAll(rules(COMPILER.slice(fabric, all.slices().get(1), Admittance.at(AdmitLevel.FIRST))));
        check(judged, installed, random);

        List<FlowRule> newRules = rules(COMPILER.slice(fabric, next, Admittance.at(AdmitLevel.SECOND)));
        List<FlowRule> oldRules = rules(COMPILER.slice(fabric, old, Admittance.at(AdmitLevel.FIRST)));
        for (List<FlowRule> stage : List.of(part(newRules, false, random), part(newRules, true, random))) {
            for (FlowRule rule : stage) {
                assertThat(installed.add(rule)).as("overwrites: %s", rule).isTrue();
                check(judged, installed, random);
            }
        }
        for (List<FlowRule> stage : List.of(part(oldRules, true, random), part(oldRules, false, random))) {
            for (FlowRule rule : stage) {
                installed.remove(rule);
                check(judged, installed, random);
            }
        }
    }

    private static void check(Scenario scenario, Set<FlowRule> installed, Random random) {
        FabricModel model = scenario.model(installed, VlanReading.OUTER_TAG);
        Judge judge = new Judge(scenario);
        for (Allocation slice : scenario.slices()) {
            for (AllocatedMember from : slice.members()) {
                for (AllocatedMember to : slice.members()) {
                    if (from != to) {
                        Host sender = scenario.host(from);
                        Frame frame = Frame.ipv4(sender, sender.ipv4().get(0), scenario.host(to),
                                scenario.host(to).ipv4().get(0));
                        Trace trace = model.send(from.port(), frame);
                        assertThat(trace.deliveries()).as(frame.label()).extracting(Trace.Delivery::port)
                                .containsExactly(to.port());
                    }
                }
            }
        }
        List<Host> hosts = new ArrayList<>(scenario.fabric().hosts().values());
        Host attacker = hosts.get(random.nextInt(hosts.size()));
        for (Frame frame : new Attacks(scenario).of(attacker, hosts.get(random.nextInt(hosts.size())))) {
            assertThat(judge.hostSent(attacker, frame, model.send(attacker.port(), frame))).isEmpty();
        }
    }

    /** Returns what a judge may take for the slice while it moves: the links of both. */
    private static Allocation both(Allocation old, Allocation next) {
        Set<ReservedLink> links = new LinkedHashSet<>(old.links());
        links.addAll(next.links());
        return ImmutableAllocation.copyOf(old).withLinks(links);
    }

    private static List<FlowRule> part(List<FlowRule> rules, boolean admitsHosts, Random random) {
        List<FlowRule> part = rules.stream()
                .filter(rule -> admitsHosts == Mutations.isIn(rule, Tables.ADMIT, Criterion.Type.ETH_SRC))
                .collect(Collectors.toList());
        Collections.shuffle(part, random);
        return part;
    }

    private static List<FlowRule> rules(Program program) {
        return program.rules().values().stream().flatMap(List::stream).collect(Collectors.toList());
    }
}
