/**
 * Allocations over links that are there: whole ones, those of the hose model, or rates on shared ones; put together,
 * certified, and refused where they fit nowhere. Uses all that plans a part of it, and {@code placement} for links of
 * the hose model.
 */
package org.cloister.isolation.allocation.planning;
