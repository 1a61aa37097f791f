package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.onosproject.net.PortNumber;
import org.onosproject.net.behaviour.InternalConnectivity;
import org.onosproject.net.driver.AbstractHandlerBehaviour;

import java.util.Set;
import java.util.stream.Collectors;

/** Any two different ports that are not broken can be joined, whatever they are joined with now. */
public final class Connectivity extends AbstractHandlerBehaviour implements InternalConnectivity {

    @Override
    public boolean testConnectivity(PortNumber inputPort, PortNumber outputPort) {
        return getOutputPorts(inputPort).contains(outputPort);
    }

    @Override
    public Set<PortNumber> getOutputPorts(PortNumber inputPort) {
        Switches opticalSwitch = Switches.of(handler());
        if (opticalSwitch.port(inputPort).filter(Connectivity::works).isEmpty()) {
            return Set.of();
        }
        return opticalSwitch.ports().stream().filter(Connectivity::works)
                .map(port -> PortNumber.portNumber(port.number())).filter(port -> !port.equals(inputPort))
                .collect(Collectors.toSet());
    }

    @Override
    public Set<PortNumber> getInputPorts(PortNumber outputPort) {
        return getOutputPorts(outputPort);
    }

    private static boolean works(PortState port) {
        return port.status() != PortStatus.FAILED;
    }
}
