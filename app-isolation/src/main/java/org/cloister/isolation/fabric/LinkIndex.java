package org.cloister.isolation.fabric;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Links by the switches that they join. */
final class LinkIndex {

    private LinkIndex() {
    }

    static Map<String, SortedMap<String, SortedSet<Link>>> of(Iterable<Link> links) {
        Map<String, SortedMap<String, SortedSet<Link>>> index = new TreeMap<>();
        for (Link link : links) {
            index.computeIfAbsent(link.from().switchName(), name -> new TreeMap<>())
                    .computeIfAbsent(link.to().switchName(), name -> new TreeSet<>())
                    .add(link);
        }
        return Collections.unmodifiableMap(index);
    }
}
