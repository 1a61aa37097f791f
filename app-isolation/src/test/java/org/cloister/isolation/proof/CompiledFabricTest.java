package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.Scenario;
import org.cloister.isolation.program.sim.Trace;
import org.cloister.isolation.program.sim.VlanReading;
import org.jgrapht.alg.matching.HopcroftKarpMaximumCardinalityBipartiteMatching;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.junit.jupiter.api.Test;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What the proof counts with, against other means to count the same. */
class CompiledFabricTest {

    private static final int CASES = 150;

    @Test
    void packetsGoWhereTheyGoFrameByFrame() {
        int sent = 0;
        for (long seed = 1; seed <= CASES; seed++) {
            Case problem = SmallCases.of(seed);
            Optional<Allocation> granted = new CommonSpineAllocator()
                    .allocate(problem.fabric(), problem.ledger(), problem.request())
                    .fold(Optional::of, refusal -> Optional.empty());
            if (granted.isPresent()) {
                sent += compare(problem.fabric(), granted.get());
            }
        }
        assertThat(sent).isGreaterThan(CASES);
    }

    /** Hosts that are in no slice included. */
    private static int compare(Fabric fabric, Allocation allocation) {
        Scenario scenario = new Scenario(fabric, List.of(allocation));
        List<FlowRule> rules = scenario.rules(CompilerOptions.defaults());
        CompiledFabric fast = new CompiledFabric(fabric, rules);
        FabricModel slow = scenario.model(rules, VlanReading.OUTER_TAG);
        int arrived = 0;
        for (Host from : fabric.hosts().values()) {
            for (Host to : fabric.hosts().values()) {
                if (!from.equals(to)) {
                    Trace ipv4 = slow.send(from.port(), Frame.ipv4(from, from.ipv4().get(0), to, to.ipv4().get(0)));
                    Trace arp = slow.send(from.port(), Frame.arpRequest(from, from.ipv4().get(0), to.ipv4().get(0)));
                    int destination = fast.destination(to.ipv4().get(0).toInt());
                    arrived += compare(fast, fast.new Sender(from, false), destination, ipv4);
                    arrived += compare(fast, fast.new Sender(from, true), destination, arp);
                }
            }
        }
        return arrived;
    }

    private static int compare(CompiledFabric fast, CompiledFabric.Sender sender, int destination, Trace trace) {
        boolean arrives = sender.follow(destination);
        List<Link> crossed = new ArrayList<>();
        for (int hop = 0; hop < sender.hops(); hop++) {
            crossed.add(fast.links().get(sender.crossed(hop)));
        }
        assertThat(crossed).isEqualTo(trace.crossed());
        assertThat(trace.deliveries()).hasSize(arrives ? 1 : 0).allSatisfy(delivery ->
                assertThat(delivery.port()).isEqualTo(sender.deliveredAt()));
        return arrives ? 1 : 0;
    }

    @Test
    void matchingsAreAsLargeAsThoseOfALibrary() {
        for (long seed = 1; seed <= CASES; seed++) {
            Draws draws = new Draws(seed);
            int sources = draws.between(1, 9);
            int destinations = draws.between(1, 9);
            int density = draws.between(5, 70);
            List<int[]> pairs = new ArrayList<>();
            SimpleGraph<Integer, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
            Set<Integer> left = new HashSet<>();
            Set<Integer> right = new HashSet<>();
            for (int from = 0; from < sources; from++) {
                for (int to = 0; to < destinations; to++) {
                    if (draws.percent(density)) {
                        pairs.add(new int[] {from, to});
                        left.add(from);
                        right.add(-1 - to);
                        graph.addVertex(from);
                        graph.addVertex(-1 - to);
                        graph.addEdge(from, -1 - to);
                    }
                }
            }
            assertThat(AnyTiming.matching(pairs)).as("seed %s", seed).isEqualTo(
                    new HopcroftKarpMaximumCardinalityBipartiteMatching<>(graph, left, right).getMatching().getEdges()
                            .size());
        }
    }
}
