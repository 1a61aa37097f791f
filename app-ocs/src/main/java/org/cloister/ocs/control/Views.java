package org.cloister.ocs.control;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.FibreEnds;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.OpticalView;
import org.cloister.ocs.api.OpticalView.CircuitView;
import org.cloister.ocs.api.OpticalView.PortView;
import org.cloister.ocs.api.OpticalView.SwitchView;
import org.cloister.ocs.planning.SwitchFacts;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredMove;
import org.cloister.ocs.store.StoredQuarantine;
import org.cloister.ocs.store.StoredTrouble;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Shows what is kept and seen in the form of the api. */
final class Views {

    private final Desired desired;
    private final Map<String, OcsSwitch> switches;
    private final SortedMap<String, SwitchFacts> facts;
    private final Optional<FibreEnds> fibres;

    private Views(Desired desired, Map<String, OcsSwitch> switches, Optional<FibreEnds> fibres) {
        this.desired = desired;
        this.switches = switches;
        this.facts = Switches.facts(switches, desired.made(), false);
        this.fibres = fibres;
    }

    /** Returns how far each demand is. */
    static SortedMap<String, DemandStatus> demands(Collection<Stored<StoredDemand>> demands, Limits limits) {
        SortedMap<String, DemandStatus> statuses = new TreeMap<>();
        demands.forEach(demand -> statuses.put(demand.value().owner(), status(demand.value(), limits)));
        return statuses;
    }

    private static DemandStatus status(StoredDemand demand, Limits limits) {
        SortedMap<OpticalCircuit, String> troubles = new TreeMap<>();
        demand.troubles().forEach(trouble -> troubles.put(trouble.circuit(), trouble.reason()));
        return DemandStatus.builder().owner(demand.owner()).circuits(demand.circuits()).phase(demand.phase())
                .since(demand.since()).deadline(demand.phase() == DemandPhase.PLANNED
                        ? Optional.of(demand.since().plus(limits.planning()))
                        : demand.move().map(StoredMove::deadline)).troubles(troubles)
                .reason(demand.reason().or(() -> demand.troubles().stream().map(StoredTrouble::reason).findFirst()))
                .phaseMillis(demand.phaseMillis()).build();
    }

    /** Returns all switches and circuits. */
    static OpticalView view(Desired desired, Map<String, OcsSwitch> switches, Optional<FibreEnds> fibres) {
        return new Views(desired, switches, fibres).view();
    }

    private OpticalView view() {
        List<SwitchView> switchViews = switches.values().stream().map(this::view).collect(Collectors.toList());
        List<CircuitView> circuitViews = circuits();
        return OpticalView.builder().version(version(switchViews, circuitViews)).switches(switchViews)
                .circuits(circuitViews).build();
    }

    private SwitchView view(OcsSwitch each) {
        return SwitchView.builder().name(each.name()).device(OcsSessions.device(each.name()).toString())
                .dialect(each.dialect()).available(each.connected()).trouble(facts.get(each.name()).trouble())
                .capabilities(each.capabilities().stream().map(Enum::name).sorted().collect(Collectors.toList()))
                .ports(each.snapshot().map(snapshot -> snapshot.ports().values().stream()
                        .sorted(Comparator.comparingLong(PortState::number))
                        .map(port -> view(each.name(), port)).collect(Collectors.toList())).orElse(List.of()))
                .build();
    }

    private PortView view(String name, PortState port) {
        Stored<StoredQuarantine> quarantine = desired.quarantine().get(StoredQuarantine.key(name, port.name()));
        return PortView.builder().name(port.name()).end(end(name, port.name())).status(port.status().name())
                .enabled(port.enabled()).inputPowerDbm(port.inputPowerDbm()).outputPowerDbm(port.outputPowerDbm())
                .quarantine(Optional.ofNullable(quarantine).map(each -> each.value().reason())).build();
    }

    private Optional<String> end(String name, String port) {
        return fibres.flatMap(known -> known.name(name, port));
    }

    private List<CircuitView> circuits() {
        SortedMap<OpticalCircuit, SortedSet<String>> owners = new TreeMap<>();
        desired.demands().values().forEach(demand -> demand.value().circuits().forEach(circuit ->
                owners.computeIfAbsent(circuit, key -> new TreeSet<>()).add(demand.value().owner())));
        SortedMap<OpticalCircuit, CircuitState> shown = new TreeMap<>();
        facts.forEach((name, each) -> each.snapshot().ifPresent(snapshot -> snapshot.circuits().forEach((ports, state) ->
                shown.put(OpticalCircuit.of(name, ports.one(), ports.other()), state))));
        SortedSet<OpticalCircuit> all = new TreeSet<>(owners.keySet());
        all.addAll(shown.keySet());
        return all.stream().map(circuit -> view(circuit, Optional.ofNullable(shown.get(circuit)),
                owners.getOrDefault(circuit, new TreeSet<>()))).collect(Collectors.toList());
    }

    private CircuitView view(OpticalCircuit circuit, Optional<CircuitState> shown, SortedSet<String> owners) {
        List<String> ends = new ArrayList<>();
        end(circuit.opticalSwitch(), circuit.one()).ifPresent(ends::add);
        end(circuit.opticalSwitch(), circuit.other()).ifPresent(ends::add);
        return CircuitView.builder().circuit(circuit).name(shown.flatMap(CircuitState::name))
                .state(shown.map(state -> state.status().name()).orElse("PLANNED"))
                .reason(shown.flatMap(CircuitState::reason))
                .foreign(shown.filter(state -> !facts.get(circuit.opticalSwitch()).isOurs(state)).isPresent())
                .owners(owners).ends(ends.size() == 2 ? ends : List.of()).build();
    }

    /** Of everything but power, which changes all the time; the same on every node that sees the same. */
    private static String version(List<SwitchView> switches, List<CircuitView> circuits) {
        Hasher hasher = Hashing.murmur3_128().newHasher();
        for (SwitchView each : switches) {
            hasher.putUnencodedChars(each.name()).putUnencodedChars(each.device()).putUnencodedChars(each.dialect())
                    .putBoolean(each.available()).putUnencodedChars(each.trouble().toString())
                    .putUnencodedChars(each.capabilities().toString());
            each.ports().forEach(port -> hasher.putUnencodedChars(port.name()).putUnencodedChars(port.end().toString())
                    .putUnencodedChars(port.status()).putBoolean(port.enabled())
                    .putUnencodedChars(port.quarantine().toString()));
        }
        circuits.forEach(circuit -> hasher.putUnencodedChars(circuit.toString()));
        return hasher.hash().toString();
    }
}
