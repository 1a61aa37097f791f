package org.cloister.ocs.control;

import org.cloister.ocs.api.FibreEnds;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.SwitchFacts;
import org.onosproject.net.ConnectPoint;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What is seen at one moment: optical switches, the packet ports at the ends of fibres, orders under way. */
final class Observed {

    private final SortedMap<String, SwitchFacts> switches;
    private final Optional<FibreEnds> fibres;
    private final PacketLayer packets;
    private final Map<String, FlightReport> reports;
    private final Map<String, Instant> troubled;
    private final long term;
    private final Instant led;
    private final Map<ConnectPoint, PacketPort> looked = new HashMap<>();

    /**
     * Creates an observation.
     *
     * @param troubled by owner, since when something is wrong with its circuits
     * @param term the leader's
     * @param led since when this leader leads
     */
    Observed(SortedMap<String, SwitchFacts> switches, Optional<FibreEnds> fibres, PacketLayer packets,
             Map<String, FlightReport> reports, Map<String, Instant> troubled, long term,
             Instant led) {
        this.switches = switches;
        this.fibres = fibres;
        this.packets = packets;
        this.reports = reports;
        this.troubled = troubled;
        this.term = term;
        this.led = led;
    }

    SortedMap<String, SwitchFacts> switches() {
        return switches;
    }

    long term() {
        return term;
    }

    /** Returns since when this leader leads: until then it had no switch to talk to. */
    Instant led() {
        return led;
    }

    Optional<FlightReport> report(String owner) {
        return Optional.ofNullable(reports.get(owner));
    }

    /** Returns the circuits that switches are being told to remove, or were told a moment before a time. */
    Set<OpticalCircuit> leaving(Instant now) {
        Set<OpticalCircuit> leaving = new HashSet<>();
        reports.values().stream().filter(report -> report.isRecent(now)).forEach(report ->
                report.order().changes().forEach((name, change) -> change.deletes().forEach(ports ->
                        leaving.add(OpticalCircuit.of(name, ports.one(), ports.other())))));
        return leaving;
    }

    Optional<Instant> troubledSince(String owner) {
        return Optional.ofNullable(troubled.get(owner));
    }

    /** Returns all that is seen of a circuit; each packet port is looked at once. */
    CircuitSight sight(OpticalCircuit circuit) {
        return ImmutableCircuitSight.builder().circuit(circuit)
                .facts(Optional.ofNullable(switches.get(circuit.opticalSwitch())))
                .one(end(circuit.opticalSwitch(), circuit.one()))
                .other(end(circuit.opticalSwitch(), circuit.other())).build();
    }

    private Optional<FibreSight> end(String opticalSwitch, String port) {
        return fibres.flatMap(known -> known.end(opticalSwitch, port).map(point -> ImmutableFibreSight.builder()
                .point(point).name(known.name(opticalSwitch, port).orElse(point.toString()))
                .port(looked.computeIfAbsent(point, packets::port)).build()));
    }

    /** Returns the name of a packet port for people. */
    String name(ConnectPoint point) {
        if (fibres.isPresent()) {
            for (SwitchFacts facts : switches.values()) {
                if (facts.snapshot().isPresent()) {
                    for (String port : facts.snapshot().get().ports().keySet()) {
                        if (fibres.get().end(facts.name(), port).filter(point::equals).isPresent()) {
                            return fibres.get().name(facts.name(), port).orElse(point.toString());
                        }
                    }
                }
            }
        }
        return point.toString();
    }
}
