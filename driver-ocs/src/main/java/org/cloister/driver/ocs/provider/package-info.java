/**
 * Optical switches as ONOS sees them: a session with each that is configured, kept for as long as it is, and a device
 * of the scheme {@code ocs} with ports, light and alarms.
 *
 * <p>Sessions come and go; circuits do not. Nothing here removes a circuit.
 */
package org.cloister.driver.ocs.provider;
