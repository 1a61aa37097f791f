/**
 * Where demands, what is done for them, quarantined ports and our circuits are kept: documents of versioned,
 * self-describing JSON text, changed by compare-and-set only.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.ocs.store;

import org.immutables.value.Value;
