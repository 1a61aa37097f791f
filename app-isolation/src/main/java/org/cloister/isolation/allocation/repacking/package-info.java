/**
 * Room for a request by moving running slices that allow it to other spines, one after the other and each to links that
 * are free at its time. Pure: no ONOS service, no clock.
 */
package org.cloister.isolation.allocation.repacking;
