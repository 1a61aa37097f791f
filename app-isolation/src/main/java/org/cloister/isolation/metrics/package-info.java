/**
 * Counts and times what control does. {@link org.cloister.isolation.metrics.ControlMetrics} is what control tells;
 * what decides is told nothing and asks no clock: figures come from documents before and after a change, and from the
 * edges where passes are run and operations sent.
 */
package org.cloister.isolation.metrics;
