/**
 * Other ways for a slice that runs, as few as may be: around links that failed or are to be left, and for members that
 * are replaced while the others stay with their spines. Uses {@code spines}, {@code colouring}, {@code contention} and
 * {@code traffic}.
 */
package org.cloister.isolation.allocation.rerouting;
