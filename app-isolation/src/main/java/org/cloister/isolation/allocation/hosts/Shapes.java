package org.cloister.isolation.allocation.hosts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many to take at which of several places, by what is free there alone: one place, the fullest that has enough; else
 * as few places as can be, first in equal shares with at most one remainder (LaaS, Zahavi et al., ANCS'16), then whole
 * places and a remainder, which may be uneven.
 */
final class Shapes {

    /** How many places more than the fewest are tried. */
    private static final int MORE_PLACES = 3;

    private final int[] free;
    /** The places, those with fewest free first, of several the first. */
    private final int[] fullestFirst;

    private Shapes(int[] free) {
        this.free = free;
        this.fullestFirst = IntStream.range(0, free.length).filter(place -> free[place] > 0).boxed()
                .sorted(Comparator.<Integer>comparingInt(place -> free[place]).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue).toArray();
    }

    /**
     * Returns shapes in the order in which they are to be tried, none twice.
     *
     * @param free how many are free at each place
     * @param wanted how many are taken, at least one
     */
    static List<int[]> of(int[] free, int wanted) {
        Shapes shapes = new Shapes(free);
        Map<List<Integer>, int[]> distinct = new LinkedHashMap<>();
        for (int[] shape : shapes.all(wanted)) {
            distinct.putIfAbsent(Arrays.stream(shape).boxed().collect(Collectors.toList()), shape);
        }
        return new ArrayList<>(distinct.values());
    }

    private List<int[]> all(int wanted) {
        List<int[]> all = new ArrayList<>();
        int fewest = fewest(wanted);
        for (int places = fewest; fewest > 0 && places <= Math.min(fullestFirst.length, fewest + MORE_PLACES); places++) {
            equal(wanted, places, all);
            fullThenRest(wanted, places, all);
        }
        return all;
    }

    /** Returns how many of the places with most free it takes; 0 if all are too few. */
    private int fewest(int wanted) {
        int left = wanted;
        for (int place = fullestFirst.length - 1; place >= 0; place--) {
            left -= free[fullestFirst[place]];
            if (left <= 0) {
                return fullestFirst.length - place;
            }
        }
        return 0;
    }

    /** Equal shares at as many places as there are, or at one fewer with what remains at the last. */
    private void equal(int wanted, int places, List<int[]> all) {
        int share = (wanted + places - 1) / places;
        int full = wanted / share;
        int[] shape = new int[free.length];
        int taken = 0;
        for (int place : fullestFirst) {
            if (taken < full && free[place] >= share) {
                shape[place] = share;
                taken++;
            }
        }
        if (taken == full && rest(shape, wanted - share * full)) {
            all.add(shape);
        }
    }

    /** All of the places with most free but one, and what remains where it fits best. */
    private void fullThenRest(int wanted, int places, List<int[]> all) {
        int[] shape = new int[free.length];
        int left = wanted;
        for (int index = fullestFirst.length - 1; index > fullestFirst.length - places; index--) {
            shape[fullestFirst[index]] = Math.min(left, free[fullestFirst[index]]);
            left -= shape[fullestFirst[index]];
        }
        if (rest(shape, left)) {
            all.add(shape);
        }
    }

    /** Puts what remains at the place that has least more than it; returns whether there is one. */
    private boolean rest(int[] shape, int left) {
        if (left == 0) {
            return true;
        }
        for (int place : fullestFirst) {
            if (shape[place] == 0 && free[place] >= left) {
                shape[place] = left;
                return true;
            }
        }
        return false;
    }
}
