/**
 * Compiles allocations to flow rules, per device. Pure: ONOS's rule values, none of its services. See the data-path
 * table in the README.
 */
package org.cloister.isolation.program;
