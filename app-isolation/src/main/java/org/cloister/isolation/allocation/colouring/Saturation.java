package org.cloister.isolation.allocation.colouring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Colours a conflict graph with a given number of colours: Brélaz's DSATUR (the vertex whose neighbours have most
 * colours goes first), taking back choices that lead nowhere up to a number of times.
 *
 * <p>Our own, because the library's variant takes nothing back, and needs an object for each of what can be half a
 * million conflicts.
 */
final class Saturation {

    private final ConflictGraph graph;
    private final int[] sources;
    private final int limit;
    private final int[] colours;
    private final int[][] neighbours;
    private final int[] saturation;
    private final int[] degree;

    private Saturation(ConflictGraph graph, int limit) {
        this.graph = graph;
        this.sources = graph.sources().stream().toArray();
        this.limit = limit;
        int ranks = graph.sources().length();
        this.colours = new int[ranks];
        Arrays.fill(colours, Colouring.NONE);
        this.neighbours = new int[ranks][];
        this.saturation = new int[ranks];
        this.degree = new int[ranks];
        for (int source : sources) {
            neighbours[source] = new int[limit];
            degree[source] = graph.rivals(source).cardinality();
        }
    }

    /**
     * Returns a colouring by rank.
     *
     * @param limit the number of colours
     * @param retreats how many choices may be taken back
     * @return empty if none was found, which proves nothing
     */
    static Optional<int[]> colour(ConflictGraph graph, int limit, int retreats) {
        Saturation search = new Saturation(graph, limit);
        return search.run(retreats) ? Optional.of(search.colours) : Optional.empty();
    }

    private boolean run(int retreats) {
        int[] order = new int[sources.length];
        int[] usedBefore = new int[sources.length + 1];
        int left = retreats;
        int depth = 0;
        int from = 0;
        while (depth < sources.length) {
            if (from == 0) {
                order[depth] = mostSaturated();
            }
            int source = order[depth];
            int colour = free(source, from, Math.min(limit, usedBefore[depth] + 1));
            if (colour != Colouring.NONE) {
                paint(source, colour);
                usedBefore[depth + 1] = Math.max(usedBefore[depth], colour + 1);
                depth++;
                from = 0;
            } else if (depth == 0 || left-- == 0) {
                return false;
            } else {
                depth--;
                from = colours[order[depth]] + 1;
                unpaint(order[depth]);
            }
        }
        return true;
    }

    /** All colours never used so far are alike: the caller bounds the search to the first of them. */
    private int free(int source, int from, int end) {
        for (int colour = from; colour < end; colour++) {
            if (neighbours[source][colour] == 0) {
                return colour;
            }
        }
        return Colouring.NONE;
    }

    private int mostSaturated() {
        int best = Colouring.NONE;
        for (int source : sources) {
            if (colours[source] == Colouring.NONE && (best == Colouring.NONE
                    || saturation[source] > saturation[best]
                    || saturation[source] == saturation[best] && degree[source] > degree[best])) {
                best = source;
            }
        }
        return best;
    }

    private void paint(int source, int colour) {
        colours[source] = colour;
        BitSet rivals = graph.rivals(source);
        for (int rival = rivals.nextSetBit(0); rival >= 0; rival = rivals.nextSetBit(rival + 1)) {
            if (neighbours[rival][colour]++ == 0) {
                saturation[rival]++;
            }
        }
    }

    private void unpaint(int source) {
        int colour = colours[source];
        colours[source] = Colouring.NONE;
        BitSet rivals = graph.rivals(source);
        for (int rival = rivals.nextSetBit(0); rival >= 0; rival = rivals.nextSetBit(rival + 1)) {
            if (--neighbours[rival][colour] == 0) {
                saturation[rival]--;
            }
        }
    }
}
