package org.cloister.lab.ocs.device;

import java.util.Set;

/** Shows a port: what its connection says of it, and how much light is measured. */
final class Gauge {

    private final Ports ports;
    private final Troubles troubles;

    Gauge(Ports ports, Troubles troubles) {
        this.ports = ports;
        this.troubles = troubles;
    }

    /**
     * Returns a port as the switch shows it.
     *
     * @param user  its connection; null for none
     * @param mate  the port that its light really goes to; null for none
     * @param unlit ports that get no light from their fibres
     */
    PortView view(String name, Connection user, boolean enabled, String mate, Set<String> unlit) {
        double output = mate == null ? Power.NONE : input(mate, unlit)
                - Power.loss(ports.number(name), ports.number(mate)) - troubles.degraded(name);
        ConnectionStatus status = user == null ? ConnectionStatus.PENDING_DELETION : user.status();
        boolean aimed = status != ConnectionStatus.PENDING_DELETION && status != ConnectionStatus.INVALID;
        return new PortView(name, ports.number(name), enabled, status(name, user, enabled),
                aimed ? user.circuit().far(name) : "", status == ConnectionStatus.CONNECTED,
                Power.rounded(input(name, unlit)), Power.rounded(output));
    }

    private double input(String port, Set<String> unlit) {
        return troubles.lost(port) || unlit.contains(port) ? Power.NONE
                : Power.input(ports.number(port)) - troubles.degraded(port);
    }

    private static PortStatus status(String port, Connection user, boolean enabled) {
        if (!enabled || user == null || user.status() == ConnectionStatus.INVALID) {
            return PortStatus.BLOCKED;
        }
        if (user.status() == ConnectionStatus.CONNECTED) {
            return PortStatus.TUNED;
        }
        if (user.status() == ConnectionStatus.FAILED) {
            return user.culprit().equals(port) ? PortStatus.FAILED : PortStatus.TUNED;
        }
        return PortStatus.TUNING;
    }
}
