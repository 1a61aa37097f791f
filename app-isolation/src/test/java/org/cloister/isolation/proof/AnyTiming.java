package org.cloister.isolation.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts flows on directed links when ranks drift apart as far as they like: each NIC sends one flow's worth and
 * receives one, so a link carries at most a maximum matching of the pairs that cross it.
 */
final class AnyTiming {

    private AnyTiming() {
    }

    /** Returns the most flows' worth on any link. */
    static int mostFlows(Traffic traffic, Ways ways) {
        int ranks = traffic.ranks();
        BitSet[] sends = new BitSet[ranks];
        Arrays.setAll(sends, rank -> new BitSet(ranks));
        traffic.collectives().forEach(collective -> collective.each((step, from, to) -> sends[from].set(to)));
        int[] leafOf = traffic.leafNumbers();
        int most = 0;
        for (int leaf = 0; leaf <= Arrays.stream(leafOf).max().orElse(-1); leaf++) {
            // leaf by leaf, so that a million pairs take little memory
            Map<Integer, List<int[]>> byLink = new HashMap<>();
            for (int from = 0; from < ranks; from++) {
                for (int to = sends[from].nextSetBit(0); to >= 0; to = sends[from].nextSetBit(to + 1)) {
                    if (leafOf[from] == leaf && traffic.crosses(from, to)) {
                        add(byLink, ways.first(from, to), from, to);
                    } else if (leafOf[to] == leaf && traffic.crosses(from, to)) {
                        add(byLink, ways.last(from, to), from, to);
                    }
                }
            }
            for (List<int[]> pairs : byLink.values()) {
                most = Math.max(most, matching(pairs));
            }
        }
        return most;
    }

    private static void add(Map<Integer, List<int[]>> byLink, int link, int from, int to) {
        if (link != Ways.NONE) {
            byLink.computeIfAbsent(link, key -> new ArrayList<>()).add(new int[] {from, to});
        }
    }

    /** Returns the size of a maximum matching between sources and destinations, by augmenting paths. */
    static int matching(List<int[]> pairs) {
        // the side with fewer members asks, the other answers
        boolean sourcesAsk = pairs.stream().mapToInt(pair -> pair[0]).distinct().count()
                <= pairs.stream().mapToInt(pair -> pair[1]).distinct().count();
        Map<Integer, BitSet> choices = new HashMap<>();
        for (int[] pair : pairs) {
            choices.computeIfAbsent(pair[sourcesAsk ? 0 : 1], key -> new BitSet()).set(pair[sourcesAsk ? 1 : 0]);
        }
        Map<Integer, Integer> partner = new HashMap<>();
        int size = 0;
        for (Integer asking : choices.keySet()) {
            size += augment(asking, choices, partner, new BitSet()) ? 1 : 0;
        }
        return size;
    }

    private static boolean augment(Integer asking, Map<Integer, BitSet> choices, Map<Integer, Integer> partner,
                                   BitSet seen) {
        BitSet open = choices.get(asking);
        for (int choice = open.nextSetBit(0); choice >= 0; choice = open.nextSetBit(choice + 1)) {
            if (!seen.get(choice) && !partner.containsKey(choice)) {
                partner.put(choice, asking);
                return true;
            }
        }
        for (int choice = open.nextSetBit(0); choice >= 0; choice = open.nextSetBit(choice + 1)) {
            if (!seen.get(choice)) {
                seen.set(choice);
                if (augment(partner.get(choice), choices, partner, seen)) {
                    partner.put(choice, asking);
                    return true;
                }
            }
        }
        return false;
    }
}
