/**
 * Finds links, spines and a tag for a request, and certifies what they guarantee. Pure: (fabric, ledger, request) to
 * allocation or refusal; the same values give the same answer.
 *
 * <p>{@link org.cloister.isolation.allocation.Requests} checks what a scheduler asks. The allocator turns patterns into
 * collectives, finds how many links the busiest moment fills at each leaf, gives each source a colour so that no two
 * sources that may meet have the same, gives each colour a spine, and says of the result only what the
 * {@link org.cloister.isolation.allocation.Certificate} says. Sets of ranks are bit sets and steps are computed: an
 * all-to-all of a thousand members has a million pairs, none of which becomes an object.
 *
 * <p>Members of shared slices are given rates instead, on links that have room for all that can send over them:
 * {@link org.cloister.isolation.allocation.Reservations} says what a slice holds of each link, for the ledger and for
 * the allocator alike.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.isolation.allocation;

import org.immutables.value.Value;
