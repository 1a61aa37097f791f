/**
 * Colours for sources, so that no two that may meet have the same: the conflict graph, closed forms, bounded searches,
 * and the orders of ranks that take fewer colours. Uses {@code contention} and {@code traffic}; no colour has a spine
 * yet.
 */
package org.cloister.isolation.allocation.colouring;
