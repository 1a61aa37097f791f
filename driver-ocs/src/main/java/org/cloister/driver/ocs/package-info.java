/**
 * Optical circuit switches in ONOS's network configuration: {@code devices / DEVICE / ocs}.
 *
 * <p>It says where a switch is and what it speaks; what it says is checked when it is written, so that a mistake comes
 * back to who made it.
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><td>{@code dialect}</td><td>{@code ocp-gnmi} or {@code polatis-netconf}</td></tr>
 * <tr><td>{@code address}, {@code port}</td><td>where it listens; by default port 9339 or 830</td></tr>
 * <tr><td>{@code username}, {@code passwordFile}</td><td>how to log in; the file holds the password and nothing else,
 * and is read at every connection</td></tr>
 * <tr><td>{@code tls/trust}</td><td>gNMI: the file with the certificates that are trusted, PEM; by default those of
 * the Java run-time</td></tr>
 * <tr><td>{@code ssh/knownHosts}</td><td>NETCONF: the file with the host keys that are trusted, as OpenSSH has it; by
 * default that of the user that ONOS runs as</td></tr>
 * <tr><td>{@code thresholds/minimumInputPowerDbm}</td><td>below which power of incoming light, dBm, a circuit is in
 * trouble; by default any light will do</td></tr>
 * </table>
 */
@Value.Style(jdkOnly = true, get = "*", passAnnotations = {})
package org.cloister.driver.ocs;

import org.immutables.value.Value;
