package org.cloister.isolation.allocation.hosts;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;

import java.util.Iterator;

/** Says which leaves to take hosts of, the preferred first; few of all that there are, none twice. */
interface PreferredShapes {

    /** Returns the shapes, each worked out when it is asked for; the occupancy is left as it is. */
    Iterator<Footprint> candidates(Occupancy occupancy, int hosts, LinkNeed need);
}
