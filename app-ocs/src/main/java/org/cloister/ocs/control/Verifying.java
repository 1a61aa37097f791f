package org.cloister.ocs.control;

import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredMove;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Judges whether what a demand wants is there, once switches were told. */
final class Verifying {

    /** How long a switch may take to tell by itself what it has answered: until then it may still show what was. */
    static final Duration NEWS = Duration.ofSeconds(1);

    private final Pass pass;
    private final StoredDemand demand;
    private final StoredMove move;
    private final SortedMap<OpticalCircuit, Finding> findings = new TreeMap<>();
    private boolean hopeless;

    private Verifying(Pass pass, StoredDemand demand, StoredMove move) {
        this.pass = pass;
        this.demand = demand;
        this.move = move;
    }

    /** Looks at all circuits but those that were established before and are not made again: they are watched. */
    static Verifying of(Pass pass, StoredDemand demand, StoredMove move) {
        Verifying verifying = new Verifying(pass, demand, move);
        demand.circuits().stream().filter(circuit -> move.made().contains(circuit)
                || !demand.established().contains(circuit)).forEach(verifying::look);
        return verifying;
    }

    /** Returns the most telling finding of each circuit that is not as it should be. */
    SortedMap<OpticalCircuit, Finding> findings() {
        return findings;
    }

    /** Returns whether waiting does not help. */
    boolean isHopeless() {
        return hopeless;
    }

    private void look(OpticalCircuit circuit) {
        CircuitSight sight = pass.observed.sight(circuit);
        boolean made = move.made().contains(circuit);
        List<Finding> optical = new ArrayList<>(Optics.inspect(sight, pass.limits));
        boolean told = !pass.now.isBefore(move.since().plus(NEWS));
        List<Finding> heard = Neighbours.verify(sight, made ? move.sent() : Optional.empty(),
                made ? move.tuned() : Optional.empty(), pass.observed::name, pass.limits, pass.now);
        if (!sight.hasEnds() && sight.facts().filter(facts -> facts.connected()).isEmpty()) {
            optical.add(Finding.of(Finding.Kind.UNSEEN, circuit + " cannot be seen: " + pass.trouble(
                    circuit.opticalSwitch()).orElse("its switch is not connected"), List.of()));
        }
        hopeless |= heard.stream().anyMatch(finding -> finding.kind().isDefinite())
                || told && optical.stream().anyMatch(finding -> finding.kind().isDefinite());
        optical.addAll(heard);
        Pass.sorted(optical).stream().findFirst().ifPresent(finding -> findings.put(circuit, finding));
    }

    /** Returns how long light took, and how long discovery took after that, in milliseconds. */
    Map<String, Long> phaseMillis() {
        Instant tuned = move.tuned().orElse(move.since());
        Instant lit = demand.circuits().stream().filter(move.made()::contains).map(pass.observed::sight)
                .flatMap(sight -> Stream.of(sight.one(), sight.other())).flatMap(Optional::stream)
                .flatMap(end -> end.port().up().stream()).filter(up -> up.isAfter(tuned))
                .max(Instant::compareTo).orElse(tuned);
        boolean heard = demand.circuits().stream().filter(move.made()::contains).map(pass.observed::sight)
                .anyMatch(CircuitSight::hasEnds);
        Instant seen = heard ? lit : pass.now;
        return Map.of("verifying", Duration.between(tuned, seen).toMillis(),
                "discovering", Duration.between(seen, pass.now).toMillis());
    }
}
