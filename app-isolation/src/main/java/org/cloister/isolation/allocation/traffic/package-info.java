/**
 * What members send: patterns as collectives, whose steps are computed, over ranks that are attached to leaves. Uses
 * nothing but the root.
 */
package org.cloister.isolation.allocation.traffic;
