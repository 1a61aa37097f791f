/**
 * Where slices are kept: one document of versioned, self-describing JSON text each, changed by compare-and-set only.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.isolation.store;

import org.immutables.value.Value;
