/**
 * What is free of a fabric, in numbers and bit sets: small enough to be copied, fast enough for a decision in
 * microseconds. Names come back at the edge, from {@link org.cloister.isolation.fabric.FabricIndex}.
 */
package org.cloister.isolation.allocation.occupancy;
