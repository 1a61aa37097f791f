package org.cloister.isolation.optics;

import org.cloister.isolation.config.OpticalSource;
import org.cloister.isolation.control.environment.CircuitDemand;
import org.cloister.isolation.control.environment.CircuitDemand.Phase;
import org.cloister.isolation.control.environment.CircuitRequests;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.ImmutableCircuit;
import org.cloister.isolation.fabric.Optics;
import org.cloister.isolation.fabric.Optics.OpticalSwitch;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.OpticalView;
import org.cloister.ocs.api.OpticalView.CircuitView;
import org.cloister.ocs.api.OpticalView.PortView;
import org.cloister.ocs.api.OpticalView.SwitchView;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Optical switches as the circuit service sees them, and slices' demands on it. This component exists only where that
 * service does; its package is an optional import.
 */
@Component(immediate = true, service = {OpticalSource.class, CircuitRequests.class})
public final class OcsCircuits implements OpticalSource, CircuitRequests {

    private static final String SLICE = "slice:";
    /** What an optical switch says of a port that is broken; one that nothing is joined with may be BLOCKED. */
    private static final String BROKEN_PORT = "FAILED";
    private static final Set<Reason> PASSING = EnumSet.of(Reason.UNAVAILABLE, Reason.STORE);

    @Reference
    private CircuitService circuits;

    /** Creates a component that gets its service from the container. */
    public OcsCircuits() {
    }

    OcsCircuits(CircuitService circuits) {
        this.circuits = circuits;
    }

    @Override
    public Optics optics() {
        OpticalView view = circuits.view();
        return Optics.builder()
                .switches(view.switches().stream().collect(Collectors.toMap(SwitchView::name, OcsCircuits::opticalSwitch,
                        (one, other) -> one, TreeMap::new)))
                .circuits(view.circuits().stream().map(OcsCircuits::circuit).collect(Collectors.toList()))
                .build();
    }

    private static OpticalSwitch opticalSwitch(SwitchView view) {
        return OpticalSwitch.builder().available(view.available()).trouble(view.trouble())
                .ports(view.ports().stream().map(PortView::name).collect(Collectors.toList()))
                .unusable(view.ports().stream().filter(port -> unusable(port).isPresent())
                        .collect(Collectors.toMap(PortView::name, port -> unusable(port).get())))
                .build();
    }

    private static Optional<String> unusable(PortView port) {
        return port.quarantine().map(why -> "it is in quarantine: " + why)
                .or(() -> port.enabled() ? Optional.empty() : Optional.of("it is disabled"))
                .or(() -> port.status().equals(BROKEN_PORT) ? Optional.of("it is " + port.status())
                        : Optional.empty());
    }

    private static Circuit circuit(CircuitView view) {
        return ImmutableCircuit.builder().from(circuit(view.circuit())).state(view.state()).foreign(view.foreign())
                .claimed(view.owners().stream().anyMatch(owner -> !owner.startsWith(SLICE))).build();
    }

    private static Circuit circuit(OpticalCircuit circuit) {
        return Circuit.of(circuit.opticalSwitch(), circuit.one(), circuit.other());
    }

    @Override
    public Optional<Refused> demand(String owner, SortedSet<Circuit> wanted) {
        return tried(() -> circuits.demand(owner, wanted.stream().map(circuit -> OpticalCircuit.of(
                circuit.opticalSwitch(), circuit.one(), circuit.other())).collect(Collectors.toCollection(TreeSet::new))));
    }

    @Override
    public Optional<Refused> release(String owner) {
        return tried(() -> circuits.release(owner));
    }

    private static Optional<Refused> tried(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (CircuitRefusedException e) {
            return Optional.of(new Refused(e.getMessage(), PASSING.contains(e.reason())));
        }
    }

    @Override
    public Map<String, CircuitDemand> demands() {
        Map<String, CircuitDemand> demands = new TreeMap<>();
        circuits.demands().forEach((owner, status) -> {
            if (owner.startsWith(SLICE)) {
                demands.put(owner, demand(status));
            }
        });
        return demands;
    }

    private static CircuitDemand demand(DemandStatus status) {
        Map<Circuit, String> troubles = new TreeMap<>();
        status.troubles().forEach((circuit, why) -> troubles.put(circuit(circuit), why));
        return CircuitDemand.builder()
                .circuits(status.circuits().stream().map(OcsCircuits::circuit).collect(Collectors.toList()))
                .phase(phase(status)).step(status.phase().name()).since(status.since()).troubles(troubles).reason(status.reason())
                .phaseMillis(status.phaseMillis()).build();
    }

    private static Phase phase(DemandStatus status) {
        switch (status.phase()) {
            case ESTABLISHED:
                return Phase.ESTABLISHED;
            case FAILED:
                return Phase.FAILED;
            case BROKEN:
                return Phase.BROKEN;
            default:
                return Phase.UNDER_WAY;
        }
    }

    @Override
    public void addListener(Runnable listener) {
        circuits.addListener(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        circuits.removeListener(listener);
    }
}
