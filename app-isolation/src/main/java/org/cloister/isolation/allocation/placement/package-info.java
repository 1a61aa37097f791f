/**
 * Chooses leaves, hosts and links where a scheduler asks for a number of hosts: one leaf, few leaves, equal shares with
 * a remainder (LaaS, Zahavi et al., ANCS'16), then uneven ones. Works on numbers
 * ({@link org.cloister.isolation.allocation.occupancy.Occupancy}); a search is bounded by steps, not by time, so that
 * the answer is the same on every machine.
 */
package org.cloister.isolation.allocation.placement;
