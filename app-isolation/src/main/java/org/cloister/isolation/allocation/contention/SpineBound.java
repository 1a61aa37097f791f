package org.cloister.isolation.allocation.contention;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.FabricIndex;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many spines a demand cannot do without in a fabric: each leaf's {@link MinimumLinks} must come from somewhere,
 * and a spine brings a leaf no more links than there are in parallel between the two.
 */
public final class SpineBound {

    private SpineBound() {
    }

    /**
     * Returns the figure; 1 at least if there is more than one leaf, as all members communicate, and
     * {@link Integer#MAX_VALUE} if a leaf has fewer links than it needs.
     */
    public static int of(Fabric fabric, MinimumLinks minimum, List<String> leaves) {
        FabricIndex index = fabric.index();
        int bound = leaves.size() > 1 ? 1 : 0;
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            int number = index.leafNumber(leaves.get(leaf));
            List<Integer> up = new ArrayList<>();
            List<Integer> down = new ArrayList<>();
            for (int spine = 0; spine < index.spines() && number >= 0; spine++) {
                up.add(index.up(number, spine).size());
                down.add(index.down(number, spine).size());
            }
            bound = Math.max(bound, Math.max(spines(minimum.out(leaf), up), spines(minimum.in(leaf), down)));
        }
        return bound;
    }

    private static int spines(int links, List<Integer> parallel) {
        int left = links;
        int spines = 0;
        List<Integer> most = parallel.stream().sorted(Collections.reverseOrder()).collect(Collectors.toList());
        while (left > 0 && spines < most.size() && most.get(spines) > 0) {
            left -= most.get(spines++);
        }
        return left > 0 ? Integer.MAX_VALUE : spines;
    }
}
