/**
 * One pass: what its decisions look at ({@link org.cloister.isolation.control.plan.Pass}), what they add to
 * ({@link org.cloister.isolation.control.plan.Plan}, of {@link org.cloister.isolation.control.plan.Operation}s), the
 * rules that are wanted, and the next document of a slice ({@link org.cloister.isolation.control.plan.Change}). Uses
 * what was observed.
 */
package org.cloister.isolation.control.plan;
