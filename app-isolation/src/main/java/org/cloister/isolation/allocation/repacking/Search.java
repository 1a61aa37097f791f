package org.cloister.isolation.allocation.repacking;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks for the fewest moves after which a request fits: all sequences of one move, then of two, and so on, in each of
 * which every move goes to links that are free by then. Two slices that exchange their spines (a Kempe chain) are such
 * a sequence where a third spine takes one of them meanwhile.
 *
 * <p>One move leaves the slice at most two places other than it had. A sequence is given up when more slices are in the
 * way than it has moves left, and only slices are moved that are in the way of the request, or in the way of those.
 */
final class Search {

    /** How many places of a slice one move changes. */
    private static final int CHANGES_MAX = 2;

    private final Space space;
    private final List<Pins> slices;
    private final Goal goal;
    private final Predicate<Space> fits;
    private final BitSet[] neighbours;
    private final Map<List<Integer>, Integer> seen = new HashMap<>();
    private final Map<List<Integer>, Boolean> judged = new HashMap<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private int budget;
    private int judgements;

    /**
     * Creates a search.
     *
     * @param fits whether the request is granted with all slices where the space says
     * @param budget how many moves may be tried
     * @param judgements how many times {@code fits} may be asked
     */
    Search(Space space, List<Pins> slices, Goal goal, Predicate<Space> fits, int budget, int judgements) {
        this.space = space;
        this.slices = slices;
        this.goal = goal;
        this.fits = fits;
        this.budget = budget;
        this.judgements = judgements;
        this.neighbours = neighbours(slices);
    }

    /** Returns for each slice those that are joined to one of its ends. */
    private static BitSet[] neighbours(List<Pins> slices) {
        Map<Integer, BitSet> byEnd = new HashMap<>();
        for (int slice = 0; slice < slices.size(); slice++) {
            for (int place = 0; place < slices.get(slice).size(); place++) {
                for (int end : slices.get(slice).ends(place)) {
                    byEnd.computeIfAbsent(end, first -> new BitSet()).set(slice);
                }
            }
        }
        BitSet[] neighbours = new BitSet[slices.size()];
        for (int slice = 0; slice < neighbours.length; slice++) {
            neighbours[slice] = new BitSet();
            for (int place = 0; place < slices.get(slice).size(); place++) {
                for (int end : slices.get(slice).ends(place)) {
                    neighbours[slice].or(byEnd.get(end));
                }
            }
        }
        return neighbours;
    }

    /** Returns the moves in their order; empty if at most so many do not help, or the bounds ended the search. */
    Optional<List<Step>> solve(int most) {
        for (int moves = 1; moves <= most && !exhausted(); moves++) {
            seen.clear();
            if (reach(moves)) {
                return Optional.of(List.copyOf(steps));
            }
        }
        return Optional.empty();
    }

    /** Returns whether a bound was met. */
    boolean exhausted() {
        return budget <= 0 || judgements < 0;
    }

    private boolean reach(int left) {
        int distance = goal.distance(space);
        if (distance == 0 && isGoal()) {
            return true;
        }
        if (distance > left || left == 0) {
            return false;
        }
        BitSet concerned = goal.inTheWay(space, left);
        for (int further = 1; further < left; further++) {
            BitSet wider = (BitSet) concerned.clone();
            concerned.stream().forEach(slice -> wider.or(neighbours[slice]));
            concerned = wider;
        }
        for (int slice = concerned.nextSetBit(0); slice >= 0; slice = concerned.nextSetBit(slice + 1)) {
            // whoever has just been moved could have been moved there at once
            if ((steps.isEmpty() || steps.peekLast().slice() != slice)
                    && moveAndReach(slice, space.spinesOf(slice).clone(), 0, CHANGES_MAX, left)) {
                return true;
            }
        }
        return false;
    }

    /** Tries everything that changes at most so many places from one on. */
    private boolean moveAndReach(int slice, int[] to, int place, int changes, int left) {
        if (exhausted()) {
            return false;
        }
        if (changes == 0 || place == to.length) {
            return !Arrays.equals(to, space.spinesOf(slice)) && tryMove(slice, to, left);
        }
        int here = to[place];
        if (moveAndReach(slice, to, place + 1, changes, left)) {
            return true;
        }
        for (int spine = 0; spine < space.spines(); spine++) {
            int other = indexOf(to, spine);
            if (spine != here && (other < 0 || other > place)) {
                to[place] = spine;
                if (other >= 0) {
                    to[other] = here; // its own two spines change places
                }
                if (moveAndReach(slice, to, place + 1, changes - 1, left)) {
                    return true;
                }
                if (other >= 0) {
                    to[other] = spine;
                }
            }
        }
        to[place] = here;
        return false;
    }

    private static int indexOf(int[] values, int value) {
        for (int index = 0; index < values.length; index++) {
            if (values[index] == value) {
                return index;
            }
        }
        return -1;
    }

    private boolean tryMove(int slice, int[] to, int left) {
        budget--;
        int[] from = space.spinesOf(slice);
        int[] there = to.clone();
        if (!space.move(slice, there)) {
            return false;
        }
        if (isWorthwhile(left)) {
            steps.addLast(new Step(slice, there));
            if (reach(left - 1)) {
                return true;
            }
            steps.removeLast();
        }
        if (!space.move(slice, from)) {
            throw new IllegalStateException("slice " + slice + " cannot go back to where it was");
        }
        return false;
    }

    /** Whether the slices are where they have not been with as many moves left. */
    private boolean isWorthwhile(int left) {
        List<Integer> key = space.key();
        Integer before = seen.get(key);
        if (before != null && before >= left) {
            return false;
        }
        seen.put(key, left);
        return true;
    }

    private boolean isGoal() {
        List<Integer> key = space.key();
        Boolean known = judged.get(key);
        if (known == null) {
            if (--judgements < 0) {
                return false;
            }
            known = fits.test(space);
            judged.put(key, known);
        }
        return known;
    }

    /** One move: a slice and the spine at each of its places. */
    static final class Step {

        private final int slice;
        private final int[] spines;

        private Step(int slice, int[] spines) {
            this.slice = slice;
            this.spines = spines;
        }

        int slice() {
            return slice;
        }

        int[] spines() {
            return spines;
        }
    }
}
