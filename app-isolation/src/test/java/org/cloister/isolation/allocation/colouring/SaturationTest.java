package org.cloister.isolation.allocation.colouring;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.Scenario;
import org.jgrapht.Graph;
import org.jgrapht.alg.color.BrownBacktrackColoring;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class SaturationTest {

    @Property(tries = 500, seed = "13")
    void findsTheFewestColoursThatTheLibrarysExhaustiveSearchFinds(@ForAll long seed) {
        Scenario scenario = Scenario.of(seed);
        ConflictGraph graph = ConflictGraph.lockStep(Plans.demand(scenario.request()));
        if (graph.sources().stream().allMatch(source -> graph.rivals(source).isEmpty())) {
            return; // the library's search fails on a graph without edges
        }
        int fewest = fewest(graph);
        Optional<int[]> found = Saturation.colour(graph, fewest, 100_000);
        assertThat(found).isPresent();
        assertThat(graph.isProper(found.get())).isTrue();
        assertThat(found.get()).contains(fewest - 1).doesNotContain(fewest);
        if (fewest > 1) {
            assertThat(Saturation.colour(graph, fewest - 1, 100_000)).isEmpty();
        }
    }

    private static int fewest(ConflictGraph conflicts) {
        Graph<Integer, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
        conflicts.sources().stream().forEach(graph::addVertex);
        conflicts.sources().stream().forEach(source ->
                conflicts.rivals(source).stream().forEach(rival -> graph.addEdge(source, rival)));
        return new BrownBacktrackColoring<>(graph).getColoring().getNumberColors();
    }
}
