package org.cloister.isolation.allocation.spines;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/** One link each way between each leaf of a slice and each spine, where there is one to be had. */
public interface SpineLinks {

    /** Returns the spines' names in the order in which they are to be taken; a spine's number is its index here. */
    List<String> spines();

    /** Returns the link from a leaf to a spine; null if there is none. */
    Link up(int leaf, int spine);

    /** Returns the link from a spine to a leaf; null if there is none. */
    Link down(int leaf, int spine);

    /** Returns the links that a slice may be given from one switch to another, sorted; the one place that says which. */
    static SortedSet<Link> between(Fabric fabric, String from, String to) {
        return fabric.linksBySwitches().getOrDefault(from, Collections.emptySortedMap())
                .getOrDefault(to, Collections.emptySortedSet());
    }
}
