package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.allocation.traffic.Collective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which pieces of a demand different collectives may send at the same time, to different ranks.
 *
 * <p>Parts of pieces are not compared two by two, as thousands of pieces may each have one for every pattern: what a
 * piece is sent by outside an exclusive group is put together first, so that a pair costs as many looks as both have
 * parts.
 */
final class ConcurrentFlows {

    private static final int NOBODY = -2;
    private static final int SEVERAL = -1;
    /** Of one pattern whose groups overlap; with more of them pieces count as sent together, which is safe. */
    private static final int PARTS_MAX = 8;

    private final List<List<Part>> parts = new ArrayList<>();
    private final int[][] outside;
    private int entries;
    private long looks;

    /** Creates what has no parts yet. */
    ConcurrentFlows(int flows) {
        this.outside = new int[flows][];
        for (int flow = 0; flow < flows; flow++) {
            parts.add(new ArrayList<>(1));
        }
    }

    /**
     * Adds what a collective sends of a piece; collectives come in the order of their patterns.
     *
     * @param only the rank that it sends to, or -1 if these are several
     */
    void add(Collective collective, int flow, int only) {
        entries = Math.max(entries, collective.entry() + 1);
        List<Part> mine = parts.get(flow);
        int first = mine.size();
        while (first > 0 && mine.get(first - 1).entry == collective.entry()) {
            first--;
        }
        List<Part> same = mine.subList(first, mine.size());
        for (Part part : same) {
            if (part.only == only || part.only == SEVERAL && part.sender == null) {
                part.sender = part.sender == collective ? collective : null;
                return;
            }
        }
        if (same.size() == PARTS_MAX) {
            same.clear();
            mine.add(new Part(collective, SEVERAL));
            mine.get(first).sender = null;
            return;
        }
        mine.add(new Part(collective, only));
    }

    /** Returns whether some part of one piece and some part of another are sent at the same time to different ranks. */
    boolean areSentTogether(int one, int other) {
        List<Part> mine = parts.get(one);
        List<Part> theirs = parts.get(other);
        int[] beside = outside(other);
        int first = 0;
        for (Part part : mine) {
            looks++;
            if (differ(part.only, beside[part.exclusion])) {
                return true;
            }
            while (first < theirs.size() && theirs.get(first).entry < part.entry) {
                looks++;
                first++;
            }
            for (int at = first; at < theirs.size() && theirs.get(at).entry == part.entry; at++) {
                looks++;
                if (part.isBeside(theirs.get(at)) && differ(part.only, theirs.get(at).only)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns how many parts were looked at. */
    long looks() {
        return looks;
    }

    private static boolean differ(int one, int other) {
        return other != NOBODY && (one < 0 || one != other);
    }

    /** Where a piece is sent to by patterns that are not of an exclusive group, for each such group. */
    private int[] outside(int flow) {
        if (outside[flow] == null) {
            int[] within = new int[entries];
            Arrays.fill(within, NOBODY);
            for (Part part : parts.get(flow)) {
                within[part.exclusion] = both(within[part.exclusion], part.only);
            }
            int[] result = new int[entries];
            int before = NOBODY;
            for (int exclusion = 0; exclusion < entries; exclusion++) {
                result[exclusion] = before;
                before = both(before, within[exclusion]);
            }
            int after = NOBODY;
            for (int exclusion = entries - 1; exclusion >= 0; exclusion--) {
                result[exclusion] = both(result[exclusion], after);
                after = both(after, within[exclusion]);
            }
            outside[flow] = result;
        }
        return outside[flow];
    }

    private static int both(int one, int other) {
        if (one == NOBODY || one == other) {
            return other;
        }
        return other == NOBODY ? one : SEVERAL;
    }

    /** What one pattern's collectives send of a piece, as far as they send to the same. */
    private static final class Part {

        private final int entry;
        private final int exclusion;
        private final boolean inStep;
        private final int only;
        /** Null for several, which may all send at the same time. */
        private Collective sender;

        private Part(Collective sender, int only) {
            this.sender = sender;
            this.only = only;
            this.entry = sender.entry();
            this.exclusion = sender.exclusion();
            this.inStep = sender.inStep();
        }

        private boolean isBeside(Part other) {
            return !inStep || sender == null || sender != other.sender;
        }
    }
}
