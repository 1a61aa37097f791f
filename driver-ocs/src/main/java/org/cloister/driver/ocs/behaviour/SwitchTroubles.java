package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.driver.ocs.session.Snapshot;
import org.onosproject.alarm.Alarm.SeverityLevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Finds what is wrong with a switch. A dark port is no trouble unless a circuit needs it, nor one that is switched off. */
final class SwitchTroubles {

    private SwitchTroubles() {
    }

    /** Returns the same, and the ports that are in quarantine with the reason for each, which a lost session ends not. */
    static List<Trouble> of(OcsSwitch opticalSwitch, Map<String, String> quarantined) {
        List<Trouble> troubles = of(opticalSwitch);
        new TreeMap<>(quarantined).forEach((port, why) -> troubles.add(new Trouble("quarantine/" + port, source(port),
                opticalSwitch.name() + ": port " + port + " is quarantined: " + why, SeverityLevel.MAJOR, false)));
        return troubles;
    }

    /** Returns the troubles of a switch, in the order of ports and circuits. */
    static List<Trouble> of(OcsSwitch opticalSwitch) {
        List<Trouble> troubles = new ArrayList<>();
        if (!opticalSwitch.connected()) {
            // what it showed before may not be so any more; none while the first attempt lasts
            opticalSwitch.trouble().ifPresent(why -> troubles.add(new Trouble("session", "other:session",
                    opticalSwitch.name() + " is not connected: " + why, SeverityLevel.MAJOR, false)));
            return troubles;
        }
        opticalSwitch.snapshot().ifPresent(snapshot -> {
            snapshot.ports().values().stream().filter(port -> port.status() == PortStatus.FAILED).forEach(port ->
                    troubles.add(new Trouble("port-failed/" + port.name(), source(port.name()), opticalSwitch.name()
                            + ": port " + port.name() + " is broken", SeverityLevel.CRITICAL, true)));
            snapshot.circuits().values().forEach(circuit -> ofCircuit(opticalSwitch, snapshot, circuit, troubles));
        });
        return troubles;
    }

    private static void ofCircuit(OcsSwitch opticalSwitch, Snapshot snapshot, CircuitState circuit,
                                  List<Trouble> troubles) {
        CircuitPorts ports = circuit.ports();
        if (circuit.status() == CircuitStatus.FAILED || circuit.status() == CircuitStatus.INVALID) {
            troubles.add(new Trouble("circuit/" + ports.one() + "/" + ports.other(), source(ports.one()),
                    opticalSwitch.name() + ": circuit " + ports + " is " + circuit.status()
                            + circuit.reason().map(why -> ": " + why).orElse(""), SeverityLevel.MAJOR, true));
        } else if (circuit.status() == CircuitStatus.CONNECTED
                && opticalSwitch.capabilities().contains(Capability.OPTICAL_POWER)) {
            for (String name : List.of(ports.one(), ports.other())) {
                PortState port = snapshot.ports().get(name);
                if (port != null && port.enabled() && port.status() != PortStatus.FAILED) {
                    ofLight(opticalSwitch, circuit, port, troubles);
                }
            }
        }
    }

    private static void ofLight(OcsSwitch opticalSwitch, CircuitState circuit, PortState port,
                                List<Trouble> troubles) {
        String where = opticalSwitch.name() + ": port " + port.name();
        if (!Light.comesIn(port, opticalSwitch.capabilities())) {
            troubles.add(new Trouble("light/" + port.name(), source(port.name()), where
                    + ": no light comes in, and circuit " + circuit.ports() + " needs it", SeverityLevel.MAJOR, true));
        } else if (opticalSwitch.minimumInputPowerDbm().isPresent() && port.inputPowerDbm().isPresent()
                && port.inputPowerDbm().getAsDouble() < opticalSwitch.minimumInputPowerDbm().getAsDouble()) {
            // without the figure, which changes all the time: an alarm with other words is another alarm
            troubles.add(new Trouble("power/" + port.name(), source(port.name()), String.format(Locale.ROOT,
                    "%s: less than %.1f dBm of light come in for circuit %s", where,
                    opticalSwitch.minimumInputPowerDbm().getAsDouble(), circuit.ports()), SeverityLevel.MINOR, false));
        }
    }

    private static String source(String port) {
        // a port's name may have characters that a URI may not
        return "port:" + port.replaceAll("[^A-Za-z0-9._/-]", "_");
    }
}
