package org.cloister.isolation.allocation.repacking;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.fabric.FabricIndex;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An allocation's links in numbers, spine by spine. An end is one side of a leaf: twice the leaf's number for links up
 * from it, one more for links down to it.
 */
final class Pins {

    private final int[] spines;
    private final int[][] ends;
    private final List<List<Link>> links;

    private Pins(int[] spines, int[][] ends, List<List<Link>> links) {
        this.spines = spines;
        this.ends = ends;
        this.links = links;
    }

    /** Returns an allocation's links; empty if one of them is not there, or is not between a leaf and a spine. */
    static Optional<Pins> of(Allocation allocation, FabricIndex fabric) {
        SortedMap<Integer, List<Link>> bySpine = new TreeMap<>();
        for (ReservedLink reserved : allocation.links()) {
            Link link = Link.of(reserved.from(), reserved.to());
            boolean up = fabric.leafNumber(link.from().switchName()) >= 0;
            int leaf = fabric.leafNumber((up ? link.from() : link.to()).switchName());
            int spine = fabric.spineNumber((up ? link.to() : link.from()).switchName());
            if (leaf < 0 || spine < 0 || !(up ? fabric.up(leaf, spine) : fabric.down(leaf, spine)).contains(link)) {
                return Optional.empty();
            }
            bySpine.computeIfAbsent(spine, first -> new ArrayList<>()).add(link);
        }
        int[] spines = bySpine.keySet().stream().mapToInt(Integer::intValue).toArray();
        int[][] ends = bySpine.values().stream()
                .map(links -> links.stream().mapToInt(link -> end(link, fabric)).toArray()).toArray(int[][]::new);
        return Optional.of(new Pins(spines, ends, new ArrayList<>(bySpine.values())));
    }

    static int end(Link link, FabricIndex fabric) {
        int leaf = fabric.leafNumber(link.from().switchName());
        return leaf >= 0 ? 2 * leaf : 2 * fabric.leafNumber(link.to().switchName()) + 1;
    }

    /** Returns how many spines there are. */
    int size() {
        return spines.length;
    }

    /** Returns the spines' numbers, ascending; callers must not change them. */
    int[] spines() {
        return spines;
    }

    /** Returns the ends that the spine at a place is joined to; callers must not change them. */
    int[] ends(int place) {
        return ends[place];
    }

    /** Returns the links of the spine at a place, in the order of its ends. */
    List<Link> links(int place) {
        return links.get(place);
    }
}
