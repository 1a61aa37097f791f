package org.cloister.isolation.allocation.colouring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Repairs a colouring in which rivals meet: Hertz and de Werra's TabuCol. The one move of a source with a conflict to
 * another colour that leaves fewest conflicts is made, better or not, and may not be undone for some moves.
 *
 * <p>How long a move stays forbidden varies with the count of moves instead of at random, so that the same graph has
 * the same answer.
 */
final class TabuSearch {

    private static final int TENURES = 10;

    private final ConflictGraph graph;
    private final int[] sources;
    private final int limit;
    private final int[] colours;
    private final int[][] neighbours;
    private final long[][] forbiddenUntil;
    private long conflicts;
    private long looked;

    private TabuSearch(ConflictGraph graph, int[] start, int limit) {
        this.graph = graph;
        this.sources = graph.sources().stream().toArray();
        this.limit = limit;
        this.colours = start.clone();
        this.neighbours = new int[start.length][];
        this.forbiddenUntil = new long[start.length][];
        for (int source : sources) {
            neighbours[source] = new int[limit];
            forbiddenUntil[source] = new long[limit];
            BitSet rivals = graph.rivals(source);
            for (int rival = rivals.nextSetBit(0); rival >= 0; rival = rivals.nextSetBit(rival + 1)) {
                neighbours[source][colours[rival]]++;
            }
        }
        this.conflicts = Arrays.stream(sources).mapToLong(source -> neighbours[source][colours[source]]).sum() / 2;
    }

    /**
     * Returns a proper colouring by rank.
     *
     * @param start a colour below the limit for each source
     * @param effort how many moves to look at, made or not: where sources with conflicts abound, little is made of it
     * @return empty if none was found, which proves nothing
     */
    static Optional<int[]> colour(ConflictGraph graph, int[] start, int limit, long effort) {
        TabuSearch search = new TabuSearch(graph, start, limit);
        long fewest = search.conflicts;
        for (int move = 1; search.conflicts > 0 && search.looked < effort; move++) {
            if (!search.move(move, fewest)) {
                return Optional.empty();
            }
            fewest = Math.min(fewest, search.conflicts);
        }
        return search.conflicts == 0 ? Optional.of(search.colours) : Optional.empty();
    }

    private boolean move(long now, long fewest) {
        int bestSource = Colouring.NONE;
        int bestColour = Colouring.NONE;
        int bestGain = Integer.MAX_VALUE;
        looked += sources.length;
        for (int index = 0; index < sources.length; index++) {
            // of equally good moves another one comes first each time, lest the search goes in circles
            int source = sources[(int) ((index + now * 7) % sources.length)];
            int met = neighbours[source][colours[source]];
            looked += met > 0 ? limit : 0;
            for (int turn = 0; met > 0 && turn < limit; turn++) {
                int colour = (int) ((turn + now * 5) % limit);
                int gain = neighbours[source][colour] - met;
                // a forbidden move is allowed if it leads to less than was ever seen
                if (colour != colours[source] && gain < bestGain
                        && (forbiddenUntil[source][colour] <= now || conflicts + gain < fewest)) {
                    bestGain = gain;
                    bestSource = source;
                    bestColour = colour;
                }
            }
        }
        if (bestSource == Colouring.NONE) {
            return false;
        }
        forbiddenUntil[bestSource][colours[bestSource]] = now + now % TENURES + 1 + conflicts * 3 / 5;
        repaint(bestSource, bestColour);
        conflicts += bestGain;
        return true;
    }

    private void repaint(int source, int colour) {
        BitSet rivals = graph.rivals(source);
        for (int rival = rivals.nextSetBit(0); rival >= 0; rival = rivals.nextSetBit(rival + 1)) {
            neighbours[rival][colours[source]]--;
            neighbours[rival][colour]++;
        }
        colours[source] = colour;
    }
}
