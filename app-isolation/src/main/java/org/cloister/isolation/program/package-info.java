/**
 * Compiles allocations to flow rules, per device. Pure: ONOS's rule values, none of its services. See the data-path
 * table in the README.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.isolation.program;

import org.immutables.value.Value;
