package org.cloister.lab.ocs.plant;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Light that is only written down. May be read by any thread. */
public final class MemoryPlant implements Plant {

    private final SortedMap<Integer, Integer> joined = new TreeMap<>();
    private final SortedSet<Integer> bright = new TreeSet<>();
    private final SortedMap<Integer, Double> errors = new TreeMap<>();
    private final SortedSet<Integer> unlit = new TreeSet<>();
    private final SortedMap<Integer, Integer> losses = new TreeMap<>();
    private int changes;

    @Override
    public synchronized SortedMap<Integer, Integer> start() {
        return new TreeMap<>(joined);
    }

    @Override
    public synchronized void apply(PlantChange change) {
        bright.removeAll(change.dark());
        change.dark().forEach(port -> losses.merge(port, 1, Integer::sum));
        joined.keySet().removeAll(change.cut());
        joined.putAll(change.joined());
        errors.putAll(change.errors());
        errors.values().removeIf(share -> share == 0);
        bright.addAll(change.bright());
        changes++;
    }

    @Override
    public synchronized SortedSet<Integer> unlit(SortedSet<Integer> some) {
        SortedSet<Integer> dark = new TreeSet<>(unlit);
        dark.retainAll(some);
        return dark;
    }

    /** Has the other end of a port's fibre send light, as all do at first, or none. */
    public synchronized void farEnd(int port, boolean sends) {
        if (sends) {
            unlit.remove(port);
        } else {
            unlit.add(port);
        }
    }

    @Override
    public synchronized void clean() {
        joined.clear();
        bright.clear();
        errors.clear();
    }

    /** Returns the port that each port's light goes to. */
    public synchronized SortedMap<Integer, Integer> joined() {
        return new TreeMap<>(joined);
    }

    /** Returns the ports whose fibres have a carrier. */
    public synchronized SortedSet<Integer> bright() {
        return new TreeSet<>(bright);
    }

    /** Returns the share of packets lost at ports where some are. */
    public synchronized SortedMap<Integer, Double> errors() {
        return new TreeMap<>(errors);
    }

    /** Returns how often a port's fibre lost its carrier. */
    public synchronized int losses(int port) {
        return losses.getOrDefault(port, 0);
    }

    /** Returns how often the plant was told to change. */
    public synchronized int changes() {
        return changes;
    }
}
