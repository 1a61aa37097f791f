package org.cloister.lab.ocs.plant;

import java.util.SortedMap;
import java.util.SortedSet;

/** What carries light between ports. It outlives the process that steers it. Used by one thread. */
public interface Plant {

    /**
     * Makes the ports ready and tells which port's light is sent to which one; none is disturbed.
     *
     * @throws PlantException if a port cannot be used
     */
    SortedMap<Integer, Integer> start();

    /**
     * Changes what is named and touches nothing else.
     *
     * @throws PlantException if some of it failed; the rest was carried out
     */
    void apply(PlantChange change);

    /**
     * Tells which of some ports get no light from their fibres, because who is at the other end sends none.
     *
     * @param bright ports whose fibres have their carrier from this side
     */
    SortedSet<Integer> unlit(SortedSet<Integer> bright);

    /** Takes all light away and leaves the ports as they were found. */
    void clean();
}
