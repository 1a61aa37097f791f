/**
 * A spine for each colour: which links to spines are free, or have room for a rate, which spine each member sends to,
 * how many rules that takes, and which links are lacking. Uses {@code colouring} and {@code traffic}.
 */
package org.cloister.isolation.allocation.spines;
