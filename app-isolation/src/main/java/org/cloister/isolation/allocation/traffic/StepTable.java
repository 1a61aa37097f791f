package org.cloister.isolation.allocation.traffic;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Steps that were given pair by pair. */
final class StepTable {

    private final int[][] sources;
    private final int[][] targets;

    /**
     * Creates the table.
     *
     * @param steps by step, pairs of a source and a destination rank; no source twice in a step
     */
    StepTable(List<List<List<Integer>>> steps) {
        this.sources = new int[steps.size()][];
        this.targets = new int[steps.size()][];
        for (int step = 0; step < sources.length; step++) {
            Map<Integer, Integer> bySource = new TreeMap<>();
            steps.get(step).forEach(pair -> bySource.put(pair.get(0), pair.get(1)));
            sources[step] = bySource.keySet().stream().mapToInt(Integer::intValue).toArray();
            targets[step] = bySource.values().stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** Returns the number of steps. */
    int steps() {
        return sources.length;
    }

    /** Returns the rank that a rank sends to in a step; itself if it sends to nobody. */
    int target(int step, int rank) {
        int index = Arrays.binarySearch(sources[step], rank);
        return index < 0 ? rank : targets[step][index];
    }
}
