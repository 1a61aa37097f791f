package org.cloister.isolation.program;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.Exchange;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.program.sim.PlannedSlices;
import org.cloister.isolation.program.sim.PlannedSlices.Planned;
import org.cloister.isolation.program.sim.Trace;
import org.cloister.isolation.program.sim.VlanReading;
import org.jgrapht.alg.matching.HopcroftKarpMaximumCardinalityBipartiteMatching;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the allocator promises of flows on links, counted: every pair of every pattern is sent through the compiled
 * rules, and what crosses each link is compared with the guarantee. Neither the patterns' steps nor the routes are
 * the allocator's own.
 */
class ContentionPropertyTest {

    @Property(tries = 300)
    void noLinkCarriesMoreThanGuaranteed(@ForAll("plans") PlannedSlices plan) {
        check(plan);
        Statistics.coverage(coverage -> {
            coverage.check(Guarantee.ANY_TIMING).count(count -> count > 0);
            coverage.check(Guarantee.LOCK_STEP).count(count -> count > 0);
            coverage.check(Guarantee.ISOLATED).count(count -> count > 0);
        });
    }

    /** Some of what these send goes up by rules for single receivers. */
    @Property(tries = 100)
    void noLinkCarriesMoreOfParameterServersThanGuaranteed(@ForAll("servers") PlannedSlices plan) {
        check(plan);
        plan.slices().forEach(planned -> Statistics.label("detours").collect(planned.allocation().members().stream()
                .anyMatch(member -> !member.detours().isEmpty())));
        Statistics.label("detours").coverage(coverage -> coverage.check(true).count(count -> count > 10));
    }

    private static void check(PlannedSlices plan) {
        FabricModel model = plan.scenario().model(plan.scenario().rules(CompilerOptions.defaults()),
                VlanReading.OUTER_TAG);
        Set<Link> taken = new HashSet<>();
        for (Planned planned : plan.slices()) {
            Statistics.collect(planned.allocation().guarantee());
            Statistics.label("pattern").collect(planned.type());
            Map<Link, List<Exchange>> crossings = crossings(plan, planned, model);
            assertThat(crossings.keySet()).as("%s", plan).noneMatch(taken::contains);
            taken.addAll(crossings.keySet());
            crossings.forEach((link, exchanges) -> check(planned, link, exchanges, plan));
        }
    }

    private static void check(Planned planned, Link link, List<Exchange> exchanges, PlannedSlices plan) {
        Allocation allocation = planned.allocation();
        assertThat(anyTiming(exchanges)).as("flows on %s at any timing: %s", link, plan)
                .isLessThanOrEqualTo(allocation.maxFlowsPerLink());
        if (allocation.guarantee() == Guarantee.ANY_TIMING) {
            assertThat(allocation.maxFlowsPerLink()).isLessThanOrEqualTo(1);
        }
        if (allocation.guarantee() != Guarantee.ISOLATED && planned.hasSteps()) {
            assertThat(inStep(exchanges)).as("flows on %s in step: %s", link, plan).isLessThanOrEqualTo(1);
        }
    }

    /** The most flows at once when each group is in one step, whichever that is. */
    private static int inStep(List<Exchange> exchanges) {
        Map<Integer, Map<Integer, Integer>> byGroup = new HashMap<>();
        exchanges.forEach(exchange -> byGroup.computeIfAbsent(exchange.group(), group -> new HashMap<>())
                .merge(exchange.step(), 1, Integer::sum));
        return byGroup.values().stream()
                .mapToInt(steps -> steps.values().stream().mapToInt(Integer::intValue).max().orElse(0)).sum();
    }

    /** The most flows at once when ranks drift: a NIC sends one flow's worth and receives one. */
    private static int anyTiming(List<Exchange> exchanges) {
        SimpleGraph<String, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
        Set<String> senders = new HashSet<>();
        Set<String> receivers = new HashSet<>();
        for (Exchange exchange : exchanges) {
            String sender = "from " + exchange.sender();
            String receiver = "to " + exchange.receiver();
            senders.add(sender);
            receivers.add(receiver);
            graph.addVertex(sender);
            graph.addVertex(receiver);
            graph.addEdge(sender, receiver);
        }
        return new HopcroftKarpMaximumCardinalityBipartiteMatching<>(graph, senders, receivers).getMatching()
                .getEdges().size();
    }

    private static Map<Link, List<Exchange>> crossings(PlannedSlices plan, Planned planned, FabricModel model) {
        Map<Link, List<Exchange>> crossings = new HashMap<>();
        for (Exchange exchange : planned.exchanges()) {
            AllocatedMember from = planned.allocation().members().get(exchange.sender());
            AllocatedMember to = planned.allocation().members().get(exchange.receiver());
            Host sender = plan.scenario().host(from);
            Host receiver = plan.scenario().host(to);
            Trace trace = model.send(from.port(),
                    Frame.ipv4(sender, sender.ipv4().get(0), receiver, receiver.ipv4().get(0)));
            assertThat(trace.deliveries()).extracting(Trace.Delivery::port).containsExactly(to.port());
            trace.crossed().forEach(link -> crossings.computeIfAbsent(link, key -> new ArrayList<>()).add(exchange));
        }
        return crossings;
    }

    @Provide
    Arbitrary<PlannedSlices> servers() {
        return Combinators.combine(Arbitraries.integers().between(2, 3), Arbitraries.integers().between(1, 6),
                Arbitraries.integers().between(1, 5), Arbitraries.longs())
                .as((leaves, spines, servers, seed) -> PlannedSlices.ofServers(LeafSpine.of(leaves, spines, 4), servers,
                        new Random(seed)));
    }

    @Provide
    Arbitrary<PlannedSlices> plans() {
        Arbitrary<List<PatternType>> patterns = Arbitraries.of(PatternType.class).list().ofMinSize(1).ofMaxSize(4);
        return Combinators.combine(Arbitraries.integers().between(2, 4), Arbitraries.integers().between(1, 8),
                Arbitraries.integers().between(2, 6), patterns, Arbitraries.longs())
                .as((leaves, spines, hosts, types, seed) -> PlannedSlices.over(
                        LeafSpine.of(leaves, spines, hosts), types, new Random(seed)));
    }
}
