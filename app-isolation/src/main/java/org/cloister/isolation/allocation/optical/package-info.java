/**
 * Slices over optical circuit switches, in numbers: which circuits join the leaves of a slice with spines of their own,
 * which of them are there already as idle ones, which have to be made and which have to give way. Finding them is hard
 * in general (a list edge colouring), so the search is bounded by steps, not by time, and says when what it found is
 * proven to be the best. Circuits that belong to a slice or to somebody unknown are never touched.
 */
package org.cloister.isolation.allocation.optical;
