package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.PortState;

import java.util.Set;

/** What the power that a switch measures says. */
public final class Light {

    private Light() {
    }

    /**
     * Returns whether there is light at a port, on a switch that measures power. Switches that tell the state of ports
     * measure at every port what comes in; others at some what comes in and at some what leaves, and both will do.
     */
    public static boolean comesIn(PortState port, Set<Capability> capabilities) {
        return port.inputPowerDbm().isPresent()
                || !capabilities.contains(Capability.PORT_STATE) && port.outputPowerDbm().isPresent();
    }
}
