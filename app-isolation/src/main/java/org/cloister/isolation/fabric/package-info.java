/** The fabric as an immutable snapshot: switches, hosts, directed links. Pure: no ONOS service, clock or I/O. */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.isolation.fabric;

import org.immutables.value.Value;
