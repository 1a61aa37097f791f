/**
 * Sessions with optical circuit switches: what every dialect offers in the same words. Values are immutable; port and
 * switch names are the maker's, power is in dBm.
 *
 * <p>A circuit joins two ports both ways. Its name is the controller's; {@link CircuitNames} says which names are ours.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.driver.ocs.session;

import org.immutables.value.Value;
