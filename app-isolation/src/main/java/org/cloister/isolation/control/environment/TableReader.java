package org.cloister.isolation.control.environment;

import org.onosproject.net.DeviceId;

/**
 * Asks switches for their whole table at once, instead of at ONOS's next poll. The answer takes the way of a poll's
 * answer into ONOS's store; nothing is returned here.
 */
public interface TableReader {

    /** Returns whether this node can ask a switch: only its master can. */
    boolean reaches(DeviceId device);

    /** Asks a switch; returns false if this node cannot ask it. */
    boolean read(DeviceId device);
}
