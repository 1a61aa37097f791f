/**
 * Allocations over links that circuits are moved for. Which circuits, {@code optical} says in numbers; what is
 * allocated over them, {@code planning} says, as over any other links; what that may use, this may too.
 */
package org.cloister.isolation.allocation.circuits;
