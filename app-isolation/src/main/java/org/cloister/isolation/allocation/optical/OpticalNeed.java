package org.cloister.isolation.allocation.optical;

import java.util.Arrays;

/**
 * What circuits a slice needs: for each colour, a virtual spine, the leaves that must be joined with the same spine. A
 * leaf is known by its place in the slice.
 */
public final class OpticalNeed {

    private final int[] leaves;
    private final int[][] places;
    private final boolean distinct;

    private OpticalNeed(int[] leaves, int[][] places, boolean distinct) {
        this.leaves = leaves;
        this.places = places;
        this.distinct = distinct;
    }

    /**
     * Returns a need; arrays are shared with the caller and must not be changed.
     *
     * @param leaves by place, the leaf's number
     * @param places by colour, the places that need a circuit to its spine, each once
     */
    public static OpticalNeed of(int[] leaves, int[][] places) {
        return new OpticalNeed(leaves, places, false);
    }

    /**
     * Returns the need of links to colours, where each leaf uses the first ones.
     *
     * @param links by place, how many colours
     */
    public static OpticalNeed nested(int[] leaves, int[] links) {
        int[][] places = new int[Arrays.stream(links).max().orElse(0)][];
        for (int colour = 0; colour < places.length; colour++) {
            int[] using = new int[leaves.length];
            int count = 0;
            for (int place = 0; place < leaves.length; place++) {
                if (links[place] > colour) {
                    using[count++] = place;
                }
            }
            places[colour] = Arrays.copyOf(using, count);
        }
        return new OpticalNeed(leaves, places, false);
    }

    /** Returns the same need, but no two colours may have the same spine. */
    public OpticalNeed withDistinctSpines() {
        return new OpticalNeed(leaves, places, true);
    }

    /** Returns the number of leaves. */
    public int size() {
        return leaves.length;
    }

    /** Returns the leaf at a place. */
    public int leaf(int place) {
        return leaves[place];
    }

    /** Returns the number of colours. */
    public int colours() {
        return places.length;
    }

    /** Returns the places that need a circuit to a colour's spine; callers must not change them. */
    public int[] places(int colour) {
        return places[colour];
    }

    /** Returns whether no two colours may have the same spine. */
    public boolean distinctSpines() {
        return distinct;
    }

    /** Returns how many circuits are needed. */
    public int circuits() {
        return Arrays.stream(places).mapToInt(each -> each.length).sum();
    }

    @Override
    public String toString() {
        return "leaves " + Arrays.toString(leaves) + ", colours " + Arrays.deepToString(places)
                + (distinct ? ", distinct spines" : "");
    }
}
