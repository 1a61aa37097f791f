package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.Snapshot;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.driver.DriverHandler;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is known of the switch that a behaviour was made for. */
final class Switches {

    private final OcsSessions sessions;
    private final String name;

    private Switches(OcsSessions sessions, DeviceId device) {
        this.sessions = sessions;
        name = device.uri().getSchemeSpecificPart();
    }

    static Switches of(DriverHandler handler) {
        return new Switches(handler.get(OcsSessions.class), handler.data().deviceId());
    }

    String name() {
        return name;
    }

    /** Returns the ports that it showed last; none before the first time. */
    Collection<PortState> ports() {
        return Optional.ofNullable(sessions.switches().get(name)).flatMap(OcsSwitch::snapshot)
                .map(Snapshot::ports).map(ports -> ports.values()).orElse(List.of());
    }

    Optional<PortState> port(PortNumber number) {
        return ports().stream().filter(port -> port.number() == number.toLong()).findFirst();
    }

    Optional<OcsSession> session() {
        return sessions.session(name);
    }
}
