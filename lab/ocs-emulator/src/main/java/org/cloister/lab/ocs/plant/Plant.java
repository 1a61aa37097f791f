package org.cloister.lab.ocs.plant;

import java.util.SortedMap;

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

    /** Takes all light away and leaves the ports as they were found. */
    void clean();
}
