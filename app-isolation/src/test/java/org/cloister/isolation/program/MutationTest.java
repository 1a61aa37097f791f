package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.Attacks;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.Judge;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.program.sim.Mutations;
import org.cloister.isolation.program.sim.OtherApplications;
import org.cloister.isolation.program.sim.RandomSlices;
import org.cloister.isolation.program.sim.Scenario;
import org.cloister.isolation.program.sim.VlanReading;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The positive control of the properties: every condition that a rule has is there for an attack, so without it one
 * gets through, and the attack is among those that are tried.
 */
class MutationTest {

    private Scenario scenario;
    private List<FlowRule> rules;

    @BeforeEach
    void compile() {
        Fabric fabric = LeafSpine.of(3, 3, 4);
        // two slices over the same leaves, one on one leaf, and on every leaf a host of no slice
        List<List<String>> hosts = List.of(List.of("gpu-1-1", "gpu-2-1", "gpu-2-2", "gpu-3-1"),
                List.of("gpu-1-2", "gpu-1-3", "gpu-2-3"), List.of("gpu-3-2", "gpu-3-3"));
        scenario = Stream.iterate(1L, seed -> seed + 1)
                .map(seed -> RandomSlices.of(fabric, hosts, new Random(seed)))
                .filter(MutationTest::firstSliceUsesTwoSpines).findFirst().orElseThrow();
        rules = scenario.rules(CompilerOptions.defaults());
        rules.addAll(OtherApplications.rules(fabric));
    }

    @ParameterizedTest
    @EnumSource(VlanReading.class)
    void asCompiledNothingLeaks(VlanReading reading) {
        assertThat(leakFromHost(rules, reading)).isEmpty();
        assertThat(leakFromLink(rules, reading)).isEmpty();
    }

    @Test
    void withoutCloisterEveryHostHearsEveryAttack() {
        FabricModel flooding = scenario.model(OtherApplications.rules(scenario.fabric()), VlanReading.OUTER_TAG);
        Attacks attacks = new Attacks(scenario);
        for (Host attacker : List.of(host("gpu-1-1"), host("gpu-2-4"))) {
            for (Host victim : scenario.fabric().hosts().values()) {
                if (attacker != victim) {
                    for (Frame frame : attacks.of(attacker, victim)) {
                        boolean untagged = frame.tags().isEmpty();
                        boolean punted = untagged && List.of(Frame.ARP, Frame.LLDP, Frame.BDDP)
                                .contains(frame.etherType());
                        assertThat(flooding.send(attacker.port(), frame)).satisfies(trace -> {
                            if (punted) {
                                assertThat(trace.punted()).isNotEmpty();
                            } else if (untagged) {
                                assertThat(trace.deliveries()).anyMatch(found -> found.port().equals(victim.port()));
                            }
                        });
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Criterion.Type.class,
            names = {"IN_PORT", "ETH_SRC", "IPV4_SRC", "ARP_SHA", "ARP_SPA"})
    void everyConditionOfAHostPortIsNeeded(Criterion.Type condition) {
        assertThat(leakFromHost(Mutations.without(condition, rules, MutationTest::admitsHost),
                VlanReading.OUTER_TAG)).isPresent();
    }

    @Test
    void aHostPortMustAdmitUntaggedFramesOnly() {
        assertThat(leakFromHost(Mutations.without(Criterion.Type.VLAN_VID, rules, MutationTest::admitsHost),
                VlanReading.ALL_TAGS)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(value = Criterion.Type.class, names = {"IN_PORT", "VLAN_VID"})
    void everyConditionOfAFabricPortIsNeeded(Criterion.Type condition) {
        assertThat(leakFromLink(Mutations.without(condition, rules, MutationTest::admitsLink),
                VlanReading.OUTER_TAG)).isPresent();
    }

    @Test
    void hostPortsMustDropWhatNobodyAdmits() {
        assertThat(leakFromHost(without(rule -> rule.priority() == Priorities.DENY
                && !Mutations.isIn(rule, Tables.ADMIT, Criterion.Type.VLAN_VID)), VlanReading.OUTER_TAG)).isPresent();
    }

    @Test
    void fabricPortsMustDropTagsThatNobodyAdmits() {
        assertThat(leakFromLink(without(rule -> rule.priority() == Priorities.DENY
                && Mutations.isIn(rule, Tables.ADMIT, Criterion.Type.VLAN_VID)), VlanReading.OUTER_TAG)).isPresent();
    }

    @Test
    void onlyWhatAMemberSentMayGoUp() {
        assertThat(leakFromHost(Mutations.without(Criterion.Type.IN_PORT, rules,
                rule -> Mutations.isIn(rule, Tables.ASCEND)), VlanReading.OUTER_TAG)).get().asString()
                .containsAnyOf("loops", "up after coming down", "undefined");
    }

    @Test
    void aHostMustNotSeeADestinationOfAnother() {
        assertThat(leakFromHost(Mutations.withoutInstruction(each -> each instanceof L2ModificationInstruction
                && ((L2ModificationInstruction) each).subtype() == L2ModificationInstruction.L2SubType.ETH_DST, rules),
                VlanReading.OUTER_TAG)).get().asString().contains("not for it");
    }

    @ParameterizedTest
    @EnumSource(value = Criterion.Type.class, names = {"IPV4_DST", "ARP_TPA", "VLAN_VID"})
    void everyConditionOfADeliveryIsNeeded(Criterion.Type condition) {
        assertThat(leakFromHost(Mutations.without(condition, rules, rule -> Mutations.isIn(rule, Tables.DELIVER)
                && rule.priority() == Priorities.DELIVER), VlanReading.OUTER_TAG)).isPresent();
    }

    /** Otherwise nothing could go up again: a switch never sends a frame back where it came from. */
    private static boolean firstSliceUsesTwoSpines(Scenario found) {
        List<AllocatedMember> members = found.slices().get(0).members();
        return members.get(0).uplink().orElseThrow().number() != members.get(1).uplink().orElseThrow().number();
    }

    private static boolean admitsHost(FlowRule rule) {
        return rule.priority() == Priorities.ADMIT && Mutations.isIn(rule, Tables.ADMIT, Criterion.Type.ETH_SRC);
    }

    private static boolean admitsLink(FlowRule rule) {
        return rule.priority() == Priorities.ADMIT && !admitsHost(rule);
    }

    private List<FlowRule> without(Predicate<FlowRule> unwanted) {
        List<FlowRule> left = new ArrayList<>(rules);
        left.removeIf(unwanted);
        return left;
    }

    /** Returns what the first attack that gets through does. */
    private Optional<String> leakFromHost(List<FlowRule> tried, VlanReading reading) {
        FabricModel model = scenario.model(tried, reading);
        Attacks attacks = new Attacks(scenario);
        Judge judge = new Judge(scenario);
        return hosts().flatMap(attacker -> hosts().flatMap(victim -> attacks.of(attacker, victim).stream())
                .map(frame -> outcome(() -> judge.hostSent(attacker, frame, model.send(attacker.port(), frame)))))
                .flatMap(Optional::stream).findFirst();
    }

    private Optional<String> leakFromLink(List<FlowRule> tried, VlanReading reading) {
        FabricModel model = scenario.model(tried, reading);
        Attacks attacks = new Attacks(scenario);
        Judge judge = new Judge(scenario);
        Host anyone = hosts().findFirst().orElseThrow();
        return scenario.fabric().links().stream().flatMap(link -> hosts()
                .flatMap(victim -> attacks.tagged(anyone, victim).stream())
                .map(frame -> outcome(() -> judge.linkBrought(link.to(), owner(link), frame,
                        model.send(link.to(), frame)))))
                .flatMap(Optional::stream).findFirst();
    }

    private Stream<Host> hosts() {
        return scenario.fabric().hosts().values().stream();
    }

    private Host host(String name) {
        return scenario.fabric().hosts().get(name);
    }

    private Optional<Allocation> owner(Link link) {
        return scenario.slices().stream().filter(slice -> Scenario.links(slice).contains(link)).findAny();
    }

    /** Two rules of which either may win are as bad as a leak. */
    private static Optional<String> outcome(Supplier<Optional<String>> judged) {
        try {
            return judged.get();
        } catch (AssertionError e) {
            return Optional.of(e.getMessage());
        }
    }
}
