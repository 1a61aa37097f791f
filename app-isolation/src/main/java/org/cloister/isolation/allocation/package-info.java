/**
 * Finds links, spines and a tag for a request, and certifies what they guarantee. Pure: (fabric, ledger, request) to
 * allocation or refusal; the same values give the same answer.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.isolation.allocation;

import org.immutables.value.Value;
