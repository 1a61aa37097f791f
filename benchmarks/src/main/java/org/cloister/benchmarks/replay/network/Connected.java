package org.cloister.benchmarks.replay.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parts runs into sets that have leaves in common, directly or by way of others. */
final class Connected {

    private Connected() {
    }

    /** Returns the sets, in the order of their first runs; within each, runs keep their order. */
    static List<List<Run>> sets(List<Run> runs) {
        int[] root = new int[runs.size()];
        Map<Integer, Integer> firstOnLeaf = new HashMap<>();
        for (int run = 0; run < root.length; run++) {
            root[run] = run;
            for (int leaf : runs.get(run).leaves()) {
                Integer other = firstOnLeaf.putIfAbsent(leaf, run);
                if (other != null) {
                    int one = find(root, run);
                    int two = find(root, other);
                    root[Math.max(one, two)] = Math.min(one, two);
                }
            }
        }
        List<List<Run>> sets = new ArrayList<>();
        int[] setOf = new int[root.length];
        for (int run = 0; run < root.length; run++) {
            int first = find(root, run);
            if (first == run) {
                setOf[run] = sets.size();
                sets.add(new ArrayList<>());
            }
            sets.get(setOf[first]).add(runs.get(run));
        }
        return sets;
    }

    /** Returns runs by their jobs' numbers, which is the order of everything that is worked out with them. */
    static List<Run> sorted(List<Run> runs) {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingInt(Run::job));
        return sorted;
    }

    private static int find(int[] root, int run) {
        int found = run;
        while (root[found] != found) {
            root[found] = root[root[found]];
            found = root[found];
        }
        return found;
    }
}
