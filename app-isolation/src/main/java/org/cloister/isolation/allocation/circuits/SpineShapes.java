package org.cloister.isolation.allocation.circuits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which leaves may have which spines in common: each spine joins some of the leaves, two or more. What patterns ask for
 * may do without a spine that all leaves have, such as a ring with one for each hop.
 */
final class SpineShapes {

    /** How many are looked at, for each that is not too many, before there are too many. */
    private static final int LOOKS = 4;

    private final int[] needed;
    private final int spines;
    private final int most;
    /** By number, the leaves that a spine joins; those that join more come first. */
    private final int[][] sets;
    private final List<int[][]> shapes = new ArrayList<>();
    private int looks;

    private SpineShapes(int[] needed, int spines, int most) {
        this.needed = needed;
        this.spines = spines;
        this.most = most;
        this.sets = IntStream.range(0, 1 << needed.length).filter(set -> Integer.bitCount(set) > 1).boxed()
                .sorted((one, other) -> Integer.bitCount(other) - Integer.bitCount(one))
                .map(set -> IntStream.range(0, needed.length).filter(leaf -> (set >>> leaf & 1) != 0).toArray())
                .toArray(int[][]::new);
    }

    /**
     * Returns all shapes, each by spine the leaves that it joins; none if there are too many.
     *
     * @param needed by leaf, the fewest spines that it can do with
     * @param spines how many spines there are at most
     * @param most how many shapes are not too many
     */
    static List<int[][]> of(int[] needed, int spines, int most) {
        if (1L << Math.min(needed.length, Integer.SIZE) > most) {
            return List.of();
        }
        SpineShapes all = new SpineShapes(needed, spines, most);
        all.add(new int[0][], 0);
        return all.isTooMany() ? List.of() : all.shapes;
    }

    private void add(int[][] chosen, int from) {
        if (missing(chosen) > spines - chosen.length) {
            return;
        }
        if (missing(chosen) == 0) {
            shapes.add(chosen);
        }
        looks++;
        for (int set = from; set < sets.length && chosen.length < spines && !isTooMany(); set++) {
            int[][] more = Arrays.copyOf(chosen, chosen.length + 1);
            more[chosen.length] = sets[set];
            add(more, set);
        }
    }

    private boolean isTooMany() {
        return shapes.size() > most || looks > LOOKS * most;
    }

    /** How many spines at least have to be added. */
    private int missing(int[][] chosen) {
        int[] missing = needed.clone();
        for (int[] set : chosen) {
            for (int leaf : set) {
                missing[leaf]--;
            }
        }
        return Math.max(0, Arrays.stream(missing).max().orElse(0));
    }
}
