package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes the node that decides the master of all optical switches: only a switch's master can tell it anything. */
final class Mastership {

    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Services services;
    private final Map<DeviceId, Instant> asked = new HashMap<>();

    Mastership(Services services) {
        this.services = services;
    }

    /** Claims what is not ours yet; returns whether there is any. */
    boolean claim(Map<String, OcsSwitch> switches, Instant now) {
        boolean open = false;
        for (OcsSwitch each : switches.values()) {
            if (each.connected() && !each.master()) {
                open = true;
                claim(OcsSessions.device(each.name()), now);
            }
        }
        return open;
    }

    private void claim(DeviceId device, Instant now) {
        Instant last = asked.get(device);
        if (last != null && now.isBefore(last.plus(AGAIN))
                || services.mastership().getLocalRole(device) == MastershipRole.MASTER) {
            return;
        }
        asked.put(device, now);
        services.mastershipAdmin().setRole(services.local(), device, MastershipRole.MASTER)
                .whenComplete((nothing, error) -> {
                    if (error != null) {
                        log.debug("{} has another master for now", device, error);
                    }
                });
    }
}
