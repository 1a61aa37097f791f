/**
 * What was seen: rules, meters and circuits on switches, what was refused, and how to compare them. Values, which say
 * when something is not known. Uses {@link org.cloister.isolation.control.environment} for limits and demands alone.
 */
package org.cloister.isolation.control.observed;
