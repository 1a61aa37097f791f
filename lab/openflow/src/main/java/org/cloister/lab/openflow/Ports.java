package org.cloister.lab.openflow;

import org.onosproject.net.PortNumber;
import org.projectfloodlight.openflow.types.OFPort;

/** Port numbers: ONOS's logical ports are the negative numbers that OpenFlow's reserved ports are as 32-bit integers. */
public final class Ports {

    private static final long LAST_PHYSICAL = 0xffffff00L;
    private static final long FIRST_RESERVED = PortNumber.IN_PORT.toLong();
    private static final long LAST_RESERVED = PortNumber.LOCAL.toLong();

    private Ports() {
    }

    /**
     * Returns the OpenFlow port.
     *
     * @throws IllegalArgumentException if the number is neither one of a physical port nor IN_PORT, TABLE, NORMAL,
     *                                  FLOOD, ALL, CONTROLLER or LOCAL
     */
    public static OFPort toOpenFlow(PortNumber port) {
        long number = port.toLong();
        boolean physical = number >= 0 && number <= LAST_PHYSICAL;
        boolean reserved = number >= FIRST_RESERVED && number <= LAST_RESERVED;
        if (!physical && !reserved) {
            throw new IllegalArgumentException("port " + port + " is not an OpenFlow port");
        }
        return OFPort.of((int) number);
    }

    /** Returns the ONOS port. */
    public static PortNumber fromOpenFlow(OFPort port) {
        return PortNumber.portNumber(port.getPortNumber());
    }
}
