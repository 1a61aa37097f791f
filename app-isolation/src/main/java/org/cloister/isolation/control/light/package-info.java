/**
 * Optical circuits under the links of slices: which are demanded, how far they are, and which links are lost with them
 * or without. Uses the pass and what was observed.
 */
package org.cloister.isolation.control.light;
