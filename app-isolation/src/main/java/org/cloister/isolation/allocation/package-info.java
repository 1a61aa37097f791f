/**
 * Finds links, spines and a tag for a request, and certifies what they guarantee. Pure: (fabric, ledger, request) to
 * allocation or refusal; the same values give the same answer.
 *
 * <p>The root is what all packages speak of: what is asked, what is held, what was decided. It uses none of them, and no
 * two of them use each other. {@link org.cloister.isolation.allocation.validation} checks what a scheduler asks.
 * {@link org.cloister.isolation.allocation.traffic} turns patterns into collectives,
 * {@link org.cloister.isolation.allocation.contention} finds how many links the busiest moment fills at each leaf,
 * {@link org.cloister.isolation.allocation.colouring} gives each source a colour so that no two sources that may meet
 * have the same, {@link org.cloister.isolation.allocation.spines} gives each colour a spine, or
 * {@link org.cloister.isolation.allocation.hops} each piece of what is sent, and
 * {@link org.cloister.isolation.allocation.planning} says of the result only what the
 * {@link org.cloister.isolation.allocation.contention.Certificate} says. Sets of ranks are bit sets and steps are
 * computed: an all-to-all of a thousand members has a million pairs, none of which becomes an object.
 *
 * <p>Members of shared slices are given rates instead, on links that have room for all that can send over them:
 * {@link org.cloister.isolation.allocation.Reservations} says what a slice holds of each link, for the ledger and for
 * the allocator alike.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.isolation.allocation;

import org.immutables.value.Value;
