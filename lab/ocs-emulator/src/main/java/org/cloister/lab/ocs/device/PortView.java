package org.cloister.lab.ocs.device;

/**
 * A port as the switch shows it.
 *
 * @param peer      the port that it says it is joined with, or will be; empty for none
 * @param connected whether it says that it is
 * @param inputDbm  light that comes in from the fibre
 * @param outputDbm light that leaves into the fibre
 */
public record PortView(String name, int number, boolean enabled, PortStatus status, String peer, boolean connected,
        double inputDbm, double outputDbm) {
}
