package org.cloister.lab.ocs.device;

import org.cloister.lab.ocs.device.Connection.Verdict;

import java.util.List;
import java.util.Set;

/** Says how a connection fares when its mirrors should have arrived, as the switch sees it. */
final class Judge {

    private final Troubles troubles;

    Judge(Troubles troubles) {
        this.troubles = troubles;
    }

    Verdict verdict(Connection connection, Set<String> disabled) {
        if (troubles.invalid(connection)) {
            return new Verdict(ConnectionStatus.INVALID, "ports " + connection.circuit() + " cannot be joined", "");
        }
        List<String> ports = List.of(connection.circuit().input(), connection.circuit().output());
        for (String port : ports) {
            if (disabled.contains(port)) {
                return new Verdict(ConnectionStatus.FAILED, "port " + port + " is disabled", port);
            }
        }
        // a mirror that is stuck where it should be does no harm
        if (connection.status() != ConnectionStatus.CONNECTED) {
            for (String port : ports) {
                String mode = troubles.stuck(port).orElse("");
                if (mode.equals("pending")) {
                    return new Verdict(ConnectionStatus.PENDING_CONNECTION, "", port);
                } else if (!mode.isEmpty()) {
                    return new Verdict(ConnectionStatus.FAILED, "mirror of port " + port + " does not move", port);
                }
            }
        }
        return Verdict.of(ConnectionStatus.CONNECTED);
    }
}
