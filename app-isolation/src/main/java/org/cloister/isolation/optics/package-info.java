/**
 * Where slices meet optical circuits: the only code that knows the circuit service. That service may be missing at run
 * time, and then no component of this package exists.
 */
package org.cloister.isolation.optics;
