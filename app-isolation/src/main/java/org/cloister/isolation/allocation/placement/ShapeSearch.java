package org.cloister.isolation.allocation.placement;

/** One way of looking for shapes: those that it finds, one after the other, best first. */
interface ShapeSearch {

    /** Returns the next shape; null if there are no more, or none within the search's budget. */
    Shape next();
}
