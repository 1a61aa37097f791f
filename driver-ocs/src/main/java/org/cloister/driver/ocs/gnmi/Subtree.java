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

        Leaf(String value, long time) {
            this.value = value;
            this.time = time;
        }
    }

    private final SortedMap<String, Map<String, Leaf>> entries = new TreeMap<>();
    /** When what was deleted since the last {@link #begin} was deleted, by key and rest: a late value is none. */
    private final Map<String, Map<String, Long>> deletions = new HashMap<>();
    private long replaced = Long.MIN_VALUE;
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

    /** Returns the keys of entries. */
    Iterable<String> keys() {
        return entries.keySet();
    }

    /** Takes a value that a leaf had at a time, after what was deleted at that time; returns whether that is news. */
    boolean update(String key, String rest, String value, long time) {
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

    /**
     * Begins to take all that was there at a time in place of what was known before that time; of what is known from a
     * later time, the later value stays. Where the switch's clock was set back nothing of before counts. Each leaf that
     * was there is to be {@link #show}n, and then it is to {@link #end}.
     */
    void begin(long time) {
        boolean setBack = time < replaced;
        if (setBack) {
            entries.clear();
            deletions.clear();
        }
        deletions.values().forEach(each -> each.values().removeIf(deleted -> deleted <= time));
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
                entry.put(rest, new Leaf(value, replaced));
                news = true;
            }
        } else if (known.time <= replaced) {
            news |= !known.value.equals(value);
            known.value = value;
            known.time = replaced;
        }
    }

    /** Forgets what was not shown; returns whether anything is other than before. */
    boolean end() {
        for (Map<String, Leaf> entry : entries.values()) {
            news |= entry.values().removeIf(leaf -> leaf.time < replaced);
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
