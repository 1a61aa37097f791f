/**
 * Ways that are found hop by hop, a spine for each piece of what a leaf sends another, where leaves have no spine in
 * common or links can be saved. Uses {@code spines}, {@code colouring}, {@code contention} and {@code traffic}.
 */
package org.cloister.isolation.allocation.hops;
