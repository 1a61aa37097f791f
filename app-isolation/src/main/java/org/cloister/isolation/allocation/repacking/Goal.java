package org.cloister.isolation.allocation.repacking;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What has to be free for a request: so many spines that are joined to these ends, and so many to those. */
final class Goal {

    /** More slices than are ever moved. */
    static final int NEVER = Integer.MAX_VALUE;

    private final Map<List<Integer>, Integer> counts = new LinkedHashMap<>();

    /** Creates the goal that a request gets links such as these. */
    Goal(Pins wanted) {
        for (int place = 0; place < wanted.size(); place++) {
            List<Integer> ends = Arrays.stream(wanted.ends(place)).sorted().boxed().collect(Collectors.toList());
            counts.merge(ends, 1, Integer::sum);
        }
    }

    /** Returns how many slices have to be moved at least; {@link #NEVER} if some that are in the way cannot be. */
    int distance(Space space) {
        int distance = 0;
        for (Map.Entry<List<Integer>, Integer> each : counts.entrySet()) {
            int[] ends = each.getKey().stream().mapToInt(Integer::intValue).toArray();
            int[] byCost = new int[space.spines()];
            for (int spine = 0; spine < byCost.length; spine++) {
                BitSet blockers = new BitSet();
                byCost[spine] = space.blockers(ends, spine, blockers) ? blockers.cardinality() : NEVER;
            }
            Arrays.sort(byCost);
            distance = Math.max(distance, each.getValue() > byCost.length ? NEVER : byCost[each.getValue() - 1]);
        }
        return distance;
    }

    /** Returns the slices one of which has to be moved by the last of so many moves. */
    BitSet inTheWay(Space space, int moves) {
        BitSet all = new BitSet();
        for (List<Integer> key : counts.keySet()) {
            int[] ends = key.stream().mapToInt(Integer::intValue).toArray();
            for (int spine = 0; spine < space.spines(); spine++) {
                BitSet blockers = new BitSet();
                if (space.blockers(ends, spine, blockers) && blockers.cardinality() <= moves) {
                    all.or(blockers);
                }
            }
        }
        return all;
    }
}
