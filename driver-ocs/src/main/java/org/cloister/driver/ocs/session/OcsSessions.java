package org.cloister.driver.ocs.session;

import org.onosproject.net.DeviceId;

import java.util.Optional;
import java.util.SortedMap;

/**
 * The sessions of this node with the optical switches that are configured. A session is there from the moment when the
 * switch was read for the first time after connecting until the connection breaks.
 */
public interface OcsSessions {

    /** Returns what is known of each configured switch, by its name, which is what follows {@code ocs:} in its device id. */
    SortedMap<String, OcsSwitch> switches();

    /** Returns the session with a switch while it is connected; only on the node that is the switch's master may it write. */
    Optional<OcsSession> session(String opticalSwitch);

    /** Has a listener told after every change of {@link #switches()}; it must not block. */
    void addListener(Runnable listener);

    /** Has a listener not told any more. */
    void removeListener(Runnable listener);

    /** Returns the device id of a switch. */
    static DeviceId device(String opticalSwitch) {
        return DeviceId.deviceId("ocs:" + opticalSwitch);
    }
}
