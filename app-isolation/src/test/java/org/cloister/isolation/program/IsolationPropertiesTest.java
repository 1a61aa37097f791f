package org.cloister.isolation.program;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.Attacks;
import org.cloister.isolation.program.sim.Expected;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.ImmutableFrame;
import org.cloister.isolation.program.sim.Judge;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.program.sim.OtherApplications;
import org.cloister.isolation.program.sim.RandomSlices;
import org.cloister.isolation.program.sim.Scenario;
import org.cloister.isolation.program.sim.Trace;
import org.cloister.isolation.program.sim.VlanReading;
import org.onlab.packet.Ip4Address;
import org.onosproject.net.flow.FlowRule;

import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks what happens to packets, over random fabrics with several slices, beside applications that flood and punt. */
class IsolationPropertiesTest {

    @Property(tries = 150)
    void everyPairInsideASliceIsDeliveredOnceAndUnchanged(@ForAll("cases") Case each) {
        Statistics.collect(each.scenario.slices().stream().filter(slice -> !slice.links().isEmpty()).count());
        Statistics.coverage(coverage -> coverage.checkQuery(slices -> (Long) slices.get(0) > 1)
                .percentage(share -> share > 10));
        Statistics.label("reached").coverage(coverage -> coverage.check(false).count(count -> count > 10));
        for (Allocation slice : each.scenario.slices()) {
            for (AllocatedMember from : slice.members()) {
                for (AllocatedMember to : slice.members()) {
                    if (from == to) {
                        continue;
                    }
                    boolean leads = Expected.leads(slice, from, to, false);
                    boolean arpLeads = Expected.leads(slice, from, to, true);
                    assertThat(leads && arpLeads || slice.reach() == Reach.PATTERNS).isTrue();
                    Statistics.label("reached").collect(leads);
                    each.assertReached(slice, each.scenario.host(from), each.scenario.host(to), leads, arpLeads);
                }
            }
        }
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void nothingThatAHostSendsLeavesItsSlice(@ForAll("cases") Case each) {
        Attacks attacks = new Attacks(each.scenario);
        Judge judge = new Judge(each.scenario);
        for (Host attacker : each.scenario.fabric().hosts().values()) {
            for (Host victim : each.scenario.fabric().hosts().values()) {
                for (Frame frame : attacks.of(attacker, victim)) {
                    assertThat(judge.hostSent(attacker, frame, each.model.send(attacker.port(), frame)))
                            .as("%s of %s", each, attacker.name()).isEmpty();
                }
            }
        }
    }

    /** Defence in depth: even a frame that no host can have sent, on any link, stays inside the link's slice. */
    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void nothingThatALinkBringsLeavesTheSliceOfTheLink(@ForAll("cases") Case each) {
        Attacks attacks = new Attacks(each.scenario);
        Judge judge = new Judge(each.scenario);
        Host anyone = each.scenario.fabric().hosts().values().iterator().next();
        for (Link link : each.scenario.fabric().links()) {
            Optional<Allocation> owner = each.scenario.slices().stream()
                    .filter(slice -> Scenario.links(slice).contains(link)).findAny();
            for (Host victim : each.scenario.fabric().hosts().values()) {
                for (Frame frame : attacks.tagged(anyone, victim)) {
                    assertThat(judge.linkBrought(link.to(), owner, frame, each.model.send(link.to(), frame)))
                            .as("%s over %s", each, link).isEmpty();
                }
            }
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(1, 3), Arbitraries.integers().between(1, 2),
                Arbitraries.longs(), Arbitraries.of(true, false), Arbitraries.of(VlanReading.values()))
                .as(Case::new);
    }

    static final class Case {
        private final Scenario scenario;
        private final FabricModel model;
        private final String text;

        Case(int leaves, int spines, int hostsPerLeaf, int parallel, long seed, boolean prefixes,
             VlanReading reading) {
            Random random = new Random(seed);
            Fabric fabric = LeafSpine.of(leaves, spines, hostsPerLeaf, parallel,
                    (leaf, host) -> List.of(Ip4Address.valueOf((10 << 24) + (leaf << 8) + host)));
            scenario = RandomSlices.over(random.nextBoolean() ? RandomSlices.scattered(fabric, random) : fabric,
                    4, random);
            List<FlowRule> rules = scenario.rules(CompilerOptions.builder().prefixes(prefixes).build());
            rules.addAll(OtherApplications.rules(fabric));
            model = scenario.model(rules, reading);
            text = scenario + (prefixes ? " with" : " without") + " prefixes, " + reading;
        }

        void assertReached(Allocation slice, Host from, Host to, boolean leads, boolean arpLeads) {
            for (Ip4Address src : from.ipv4()) {
                for (Ip4Address dst : to.ipv4()) {
                    assertReached(slice, from, to, leads, Frame.ipv4(from, src, to, dst));
                    assertReached(slice, from, to, arpLeads, Frame.arpRequest(from, src, dst));
                    assertReached(slice, from, to, arpLeads, Frame.arpReply(from, src, to, dst));
                }
            }
        }

        private void assertReached(Allocation slice, Host from, Host to, boolean leads, Frame frame) {
            Trace trace = model.send(from.port(), frame);
            if (!leads) {
                assertThat(trace.deliveries()).as("%s: %s has no way", this, frame.label()).isEmpty();
                return;
            }
            assertThat(trace.deliveries()).as("%s: %s", this, frame.label())
                    .extracting(Trace.Delivery::port).containsExactly(to.port());
            assertThat(trace.deliveries().get(0).frame())
                    .isEqualTo(ImmutableFrame.builder().from(frame).dst(to.mac()).build());
            assertThat(Scenario.links(slice)).containsAll(trace.crossed());
            assertThat(trace.crossed()).hasSize(sameLeaf(from.port(), to.port()) ? 0 : 2);
        }

        private static boolean sameLeaf(FabricPort one, FabricPort other) {
            return one.switchName().equals(other.switchName());
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
