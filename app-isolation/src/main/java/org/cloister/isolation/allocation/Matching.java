package org.cloister.isolation.allocation;

import org.jgrapht.Graph;
import org.jgrapht.alg.matching.HopcroftKarpMaximumCardinalityBipartiteMatching;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The size of a maximum matching of (source, destination) pairs: how many of them can be sent at full rate at the same
 * time, as each NIC sends and receives one flow's worth at most.
 */
final class Matching {

    private Matching() {
    }

    /**
     * Returns the size.
     *
     * @param rows the destinations of each source
     */
    static int size(List<BitSet> rows) {
        BitSet columns = new BitSet();
        int sources = 0;
        for (BitSet row : rows) {
            columns.or(row);
            sources += row.isEmpty() ? 0 : 1;
        }
        int most = Math.min(sources, columns.cardinality());
        // dense pairs, as those of an all-to-all, are matched without looking back; no edge becomes an object
        return greedy(rows) == most ? most : exact(rows);
    }

    private static int greedy(List<BitSet> rows) {
        BitSet taken = new BitSet();
        for (BitSet row : rows) {
            int column = row.nextSetBit(0);
            while (column >= 0 && taken.get(column)) {
                column = row.nextSetBit(column + 1);
            }
            if (column >= 0) {
                taken.set(column);
            }
        }
        return taken.cardinality();
    }

    private static int exact(List<BitSet> rows) {
        Graph<Integer, DefaultEdge> pairs = new SimpleGraph<>(DefaultEdge.class);
        Set<Integer> sources = new LinkedHashSet<>();
        Set<Integer> destinations = new LinkedHashSet<>();
        for (int row = 0; row < rows.size(); row++) {
            int source = -1 - row;
            sources.add(source);
            pairs.addVertex(source);
            rows.get(row).stream().forEach(column -> {
                destinations.add(column);
                pairs.addVertex(column);
                pairs.addEdge(source, column);
            });
        }
        return new HopcroftKarpMaximumCardinalityBipartiteMatching<>(pairs, sources, destinations)
                .getMatching().getEdges().size();
    }
}
