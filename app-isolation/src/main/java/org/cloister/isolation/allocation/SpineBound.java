package org.cloister.isolation.allocation;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * How many spines a demand cannot do without in a fabric: each leaf's {@link MinimumLinks} must come from somewhere,
 * and a spine brings a leaf no more links than there are in parallel between the two.
 */
final class SpineBound {

    private SpineBound() {
    }

    /**
     * Returns the figure; 1 at least if there is more than one leaf, as all members communicate, and
     * {@link Integer#MAX_VALUE} if a leaf has fewer links than it needs.
     */
    static int of(Fabric fabric, MinimumLinks minimum, List<String> leaves) {
        int bound = leaves.size() > 1 ? 1 : 0;
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            String name = leaves.get(leaf);
            Map<String, SortedMap<String, SortedSet<Link>>> index = fabric.linksBySwitches();
            List<Integer> up = index.getOrDefault(name, Collections.emptySortedMap()).values().stream()
                    .map(SortedSet::size).collect(Collectors.toList());
            List<Integer> down = index.values().stream().filter(onwards -> onwards.containsKey(name))
                    .map(onwards -> onwards.get(name).size()).collect(Collectors.toList());
            bound = Math.max(bound, Math.max(spines(minimum.out(leaf), up), spines(minimum.in(leaf), down)));
        }
        return bound;
    }

    private static int spines(int links, List<Integer> parallel) {
        int left = links;
        int spines = 0;
        List<Integer> most = parallel.stream().sorted(Collections.reverseOrder()).collect(Collectors.toList());
        while (left > 0 && spines < most.size()) {
            left -= most.get(spines++);
        }
        return left > 0 ? Integer.MAX_VALUE : spines;
    }
}
