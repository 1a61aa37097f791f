/**
 * Optical circuit switches in ONOS's network configuration: {@code devices / DEVICE / ocs}.
 *
 * <p>It says where a switch is and what it speaks; what it says is checked when it is written, so that a mistake comes
 * back to who made it.
 */
@Value.Style(jdkOnly = true, get = "*", passAnnotations = {})
package org.cloister.driver.ocs;

import org.immutables.value.Value;
