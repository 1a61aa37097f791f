/** Counts and times what is done with circuits. */
package org.cloister.ocs.metrics;
