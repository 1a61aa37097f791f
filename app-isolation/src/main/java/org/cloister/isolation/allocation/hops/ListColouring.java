package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.allocation.colouring.Colouring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntBinaryOperator;

/**
 * Gives each vertex of a graph one of the colours that it may have, so that no two neighbours have the same: first
 * the vertex with fewest colours left, taking the cheapest of them and retreating a number of times; then, from what
 * that left, Hertz and de Werra's tabu search. Bounded by counts, not by time: the same graph has the same answer.
 */
final class ListColouring {

    private static final int TENURES = 10;

    private final BitSet[] rivals;
    private final BitSet[] allowed;
    private final int colours;
    private final int[] colourOf;
    private final int[][] neighbours;
    private final int[] degree;
    private long effort;

    /**
     * Creates the problem.
     *
     * @param rivals by vertex, its neighbours
     * @param allowed by vertex, the colours that it may have
     * @param colours how many there are
     * @param effort how many choices may be looked at
     */
    ListColouring(BitSet[] rivals, BitSet[] allowed, int colours, long effort) {
        this.rivals = rivals;
        this.allowed = allowed;
        this.colours = colours;
        this.effort = effort;
        this.colourOf = new int[rivals.length];
        this.neighbours = new int[rivals.length][colours];
        this.degree = Arrays.stream(rivals).mapToInt(BitSet::cardinality).toArray();
        Arrays.fill(colourOf, Colouring.NONE);
    }

    /** Returns how much of the effort is left. */
    long effortLeft() {
        return effort;
    }

    /**
     * Returns a colour for each vertex.
     *
     * @param start colours to begin with, where they may be had; {@link Colouring#NONE} where open
     * @param cost what a vertex's colour costs now; asked while colours are given
     * @param listener hears of colours that are given (+1) and taken back (-1)
     * @return empty if none were found, which proves nothing
     */
    Optional<int[]> solve(int[] start, IntBinaryOperator cost, Listener listener) {
        for (int vertex = 0; vertex < start.length; vertex++) {
            if (start[vertex] != Colouring.NONE && allowed[vertex].get(start[vertex])
                    && neighbours[vertex][start[vertex]] == 0) {
                paint(vertex, start[vertex], listener);
            }
        }
        for (int vertex = scarcest(); vertex >= 0 && effort > 0; vertex = scarcest()) {
            int best = Colouring.NONE;
            int least = Integer.MAX_VALUE;
            for (int colour = allowed[vertex].nextSetBit(0); colour >= 0;
                    colour = allowed[vertex].nextSetBit(colour + 1)) {
                int price = neighbours[vertex][colour] > 0 ? Integer.MAX_VALUE : cost.applyAsInt(vertex, colour);
                effort--;
                if (price < least) {
                    least = price;
                    best = colour;
                }
            }
            if (best == Colouring.NONE) {
                return repaired(listener);
            }
            paint(vertex, best, listener);
        }
        return Arrays.stream(colourOf).noneMatch(colour -> colour == Colouring.NONE)
                ? Optional.of(colourOf) : Optional.empty();
    }

    private int scarcest() {
        int best = -1;
        int fewest = Integer.MAX_VALUE;
        for (int vertex = 0; vertex < colourOf.length; vertex++) {
            if (colourOf[vertex] == Colouring.NONE) {
                int left = 0;
                for (int colour = allowed[vertex].nextSetBit(0); colour >= 0;
                        colour = allowed[vertex].nextSetBit(colour + 1)) {
                    left += neighbours[vertex][colour] == 0 ? 1 : 0;
                }
                effort--;
                if (left < fewest || left == fewest && degree[vertex] > degree[best]) {
                    fewest = left;
                    best = vertex;
                }
            }
        }
        return best;
    }

    private void paint(int vertex, int colour, Listener listener) {
        count(vertex, colour, 1);
        // painting looks at all neighbours, which is most of the work where there are many
        effort -= degree[vertex] / 8 + 1;
        colourOf[vertex] = colour;
        listener.changed(vertex, colour, 1);
    }

    private void count(int vertex, int colour, int change) {
        BitSet others = rivals[vertex];
        for (int other = others.nextSetBit(0); other >= 0; other = others.nextSetBit(other + 1)) {
            neighbours[other][colour] += change;
        }
    }

    /** All get a colour, whether or not a neighbour has it; then conflicts are worked off. */
    private Optional<int[]> repaired(Listener listener) {
        for (int vertex = 0; vertex < colourOf.length; vertex++) {
            if (colourOf[vertex] == Colouring.NONE) {
                int best = Colouring.NONE;
                for (int colour = allowed[vertex].nextSetBit(0); colour >= 0;
                        colour = allowed[vertex].nextSetBit(colour + 1)) {
                    if (best == Colouring.NONE || neighbours[vertex][colour] < neighbours[vertex][best]) {
                        best = colour;
                    }
                }
                if (best == Colouring.NONE) {
                    return Optional.empty();
                }
                paint(vertex, best, listener);
            }
        }
        long[][] forbiddenUntil = new long[colourOf.length][colours];
        long conflicts = 0;
        for (int vertex = 0; vertex < colourOf.length; vertex++) {
            conflicts += neighbours[vertex][colourOf[vertex]];
        }
        conflicts /= 2;
        long fewest = conflicts;
        for (long now = 1; conflicts > 0 && effort > 0; now++) {
            int gain = move(now, conflicts, fewest, forbiddenUntil, listener);
            if (gain == Integer.MAX_VALUE) {
                return Optional.empty();
            }
            conflicts += gain;
            fewest = Math.min(fewest, conflicts);
        }
        return conflicts == 0 ? Optional.of(colourOf) : Optional.empty();
    }

    private int move(long now, long conflicts, long fewest, long[][] forbiddenUntil, Listener listener) {
        int bestVertex = -1;
        int bestColour = -1;
        int bestGain = Integer.MAX_VALUE;
        int count = colourOf.length;
        effort -= count / 8 + 1;
        for (int index = 0; index < count; index++) {
            // of equally good moves another one comes first each time, lest the search goes in circles
            int vertex = (int) ((index + now * 7) % count);
            int met = neighbours[vertex][colourOf[vertex]];
            if (met > 0) {
                for (int colour = allowed[vertex].nextSetBit(0); colour >= 0;
                        colour = allowed[vertex].nextSetBit(colour + 1)) {
                    effort--;
                    int gain = neighbours[vertex][colour] - met;
                    boolean wins = gain < bestGain || gain == bestGain && (colour + now) % 3 == 0;
                    if (colour != colourOf[vertex] && wins
                            && (forbiddenUntil[vertex][colour] <= now || conflicts + gain < fewest)) {
                        bestGain = gain;
                        bestVertex = vertex;
                        bestColour = colour;
                    }
                }
            }
        }
        if (bestVertex >= 0) {
            int old = colourOf[bestVertex];
            forbiddenUntil[bestVertex][old] = now + now % TENURES + 1 + conflicts * 3 / 5;
            count(bestVertex, old, -1);
            listener.changed(bestVertex, old, -1);
            paint(bestVertex, bestColour, listener);
        }
        return bestGain;
    }

    /** Hears what changes. */
    interface Listener {

        void changed(int vertex, int colour, int by);
    }
}
