package org.cloister.isolation.control;

import java.util.Map;
import java.util.TreeMap;

/** Counts what happened in a simulation, by name. */
final class Tally {

    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        add(what, 1);
    }

    void add(String what, long times) {
        counts.merge(what, times, Long::sum);
    }

    void add(Tally other) {
        other.counts.forEach(this::add);
    }

    long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Returns the counts whose names begin with a word and a space, without it. */
    Map<String, Long> under(String word) {
        Map<String, Long> found = new TreeMap<>();
        counts.forEach((what, times) -> {
            if (what.startsWith(word + ' ')) {
                found.put(what.substring(word.length() + 1), times);
            }
        });
        return found;
    }
}
