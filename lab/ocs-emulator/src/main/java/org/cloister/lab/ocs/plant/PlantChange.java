package org.cloister.lab.ocs.plant;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is to change, carried out in the order of the components.
 *
 * @param dark   ports whose fibre loses its carrier
 * @param cut    ports whose light goes nowhere from now on
 * @param joined the port that a port's light goes to from now on
 * @param errors the share of packets lost of those that come in at a port, 0 for none
 * @param bright ports whose fibre gets its carrier
 */
public record PlantChange(SortedSet<Integer> dark, SortedSet<Integer> cut, SortedMap<Integer, Integer> joined,
        SortedMap<Integer, Double> errors, SortedSet<Integer> bright) {

    /** Returns a change of nothing, to be filled. */
    public static PlantChange empty() {
        return new PlantChange(new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return dark.isEmpty() && cut.isEmpty() && joined.isEmpty() && errors.isEmpty() && bright.isEmpty();
    }
}
