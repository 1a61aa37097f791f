package org.cloister.driver.ocs.gnmi;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of the tree's roots as the switch has shown it: leaves by the key of their list entry and the rest of their path.
 * The switch's own times, in ns, decide which of two values is the later one, whatever came first.
 *
 * <p>Not safe for use by several threads.
 */
final class Subtree {

    private static final class Leaf {
        String value;
        long time;
        boolean shown;

        Leaf(String value, long time) {
            this.value = value;
            this.time = time;
        }
    }

    private final SortedMap<String, Map<String, Leaf>> entries = new TreeMap<>();
    /** When what was deleted since the last {@link #begin} was deleted, by key and rest: a late value is none. */
    private final Map<String, Map<String, Long>> deletions = new HashMap<>();
    private long replaced = Long.MIN_VALUE;
    /** The latest time that was heard of, and what that was when the switch was asked last. */
    private long latest = Long.MIN_VALUE;
    private long asked = Long.MIN_VALUE;
    private boolean news;

    /** Returns the value of a leaf, or null. */
    String value(String key, String rest) {
        Leaf leaf = entries.getOrDefault(key, Map.of()).get(rest);
        return leaf == null ? null : leaf.value;
    }

    /** Returns whether any entry has a leaf. */
    boolean has(String rest) {
        return entries.values().stream().anyMatch(entry -> entry.containsKey(rest));
    }

    /** Returns whether there is an entry. */
    boolean hasEntry(String key) {
        return entries.containsKey(key);
    }

    /** Returns the keys of entries. */
    Iterable<String> keys() {
        return entries.keySet();
    }

    /** Takes a value that a leaf had at a time, after what was deleted at that time; returns whether that is news. */
    boolean update(String key, String rest, String value, long time) {
        latest = Math.max(latest, time);
        if (time < replaced || time < deleted(key, rest)) {
            return false;
        }
        Map<String, Leaf> entry = entries.computeIfAbsent(key, added -> new HashMap<>());
        Leaf known = entry.get(rest);
        if (known != null && known.time > time) {
            return false;
        }
        entry.put(rest, new Leaf(value, time));
        return known == null || !known.value.equals(value);
    }

    /** Takes note that a leaf, or all leaves below a path, were gone at a time; returns whether that is news. */
    boolean delete(String key, String rest, long time) {
        latest = Math.max(latest, time);
        if (time < replaced) {
            return false;
        }
        if (!key.isEmpty()) {
            return remove(key, rest, time);
        }
        // a list, or the root, with all that is in it
        boolean news = false;
        for (String each : entries.keySet().toArray(new String[0])) {
            news |= remove(each, each.isEmpty() ? rest : "", time);
        }
        return news;
    }

    private boolean remove(String key, String rest, long time) {
        deletions.computeIfAbsent(key, added -> new HashMap<>()).merge(rest, time, Math::max);
        Map<String, Leaf> entry = entries.get(key);
        if (entry == null) {
            return false;
        }
        boolean news = entry.entrySet().removeIf(each -> isBelow(each.getKey(), rest) && each.getValue().time <= time);
        if (entry.isEmpty()) {
            entries.remove(key);
        }
        return news;
    }

    /** Forgets a leaf's value until it is told again. */
    void forget(String key, String rest) {
        entries.getOrDefault(key, new HashMap<>()).remove(rest);
    }

    /** Takes note that the switch is asked for all: whatever happened up to now is in its answer. */
    void ask() {
        asked = latest;
    }

    /**
     * Begins to take an answer in place of what was known before it; of what is known from a later time, the later value
     * stays. Where the switch's clock was set back nothing of before counts. Each leaf of the answer is to be
     * {@link #show}n, and then it is to {@link #end}.
     *
     * <p>Times that differ may be those at which leaves changed: then the answer is of no earlier time than what was
     * known when it was asked for, however old its leaves are.
     *
     * @param earliest the earliest time in the answer: what changed between two parts of it counts as told later
     * @param newest   the latest time in it
     */
    void begin(long earliest, long newest) {
        boolean setBack = newest < replaced;
        long time = earliest;
        if (setBack) {
            entries.clear();
            deletions.clear();
            latest = newest;
        } else {
            latest = Math.max(latest, newest);
            if (earliest < newest) {
                time = Math.max(earliest, Math.max(asked, replaced));
            }
        }
        long from = time;
        entries.values().forEach(entry -> entry.values().forEach(leaf -> leaf.shown = false));
        deletions.values().forEach(each -> each.values().removeIf(deleted -> deleted <= from));
        deletions.values().removeIf(Map::isEmpty);
        replaced = time;
        news = setBack;
    }

    /** Takes a leaf that was there. */
    void show(String key, String rest, String value) {
        Map<String, Leaf> entry = entries.computeIfAbsent(key, added -> new HashMap<>());
        Leaf known = entry.get(rest);
        if (known == null) {
            if (deleted(key, rest) <= replaced) {
                known = new Leaf(value, replaced);
                known.shown = true;
                entry.put(rest, known);
                news = true;
            }
        } else if (known.time <= replaced) {
            news |= !known.value.equals(value);
            known.value = value;
            known.time = replaced;
            known.shown = true;
        }
    }

    /** Forgets what was not shown; returns whether anything is other than before. */
    boolean end() {
        for (Map<String, Leaf> entry : entries.values()) {
            news |= entry.values().removeIf(leaf -> leaf.time <= replaced && !leaf.shown);
        }
        entries.values().removeIf(Map::isEmpty);
        return news;
    }

    private long deleted(String key, String rest) {
        long latest = Long.MIN_VALUE;
        for (Map.Entry<String, Long> each : deletions.getOrDefault(key, Map.of()).entrySet()) {
            if (isBelow(rest, each.getKey())) {
                latest = Math.max(latest, each.getValue());
            }
        }
        return latest;
    }

    private static boolean isBelow(String rest, String above) {
        return above.isEmpty() || rest.equals(above) || rest.startsWith(above) && rest.charAt(above.length()) == '/';
    }
}
