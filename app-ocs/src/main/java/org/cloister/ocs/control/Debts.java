package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.SwitchChange;
import org.cloister.ocs.planning.Undo;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDebt;
import org.cloister.ocs.store.StoredDemand;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Removes what nobody has a use for, once the switch can be told: what could not be undone when a move was given up, and
 * entries that turned out to be impossible, which a switch keeps until whoever wrote them removes them. Circuits that
 * carry light, or may, are none of them.
 */
final class Debts {

    private static final Duration AGAIN = Duration.ofSeconds(10);
    /** Before every name that an owner can have. */
    private static final String PREFIX = " owed ";
    private static final String INVALID = "invalid";

    private final Pass pass;

    Debts(Pass pass) {
        this.pass = pass;
    }

    /** Notes which entries of ours are impossible and nobody's: one that is wanted is made anew by whoever wants it. */
    void owe() {
        pass.observed.switches().forEach((name, facts) -> {
            if (facts.trouble().isEmpty() && pass.desired.unreadable().isEmpty()) {
                facts.snapshot().ifPresent(shown -> shown.circuits().values().stream()
                        .filter(circuit -> circuit.status() == CircuitStatus.INVALID && facts.isOurs(circuit))
                        .map(circuit -> OpticalCircuit.of(name, circuit.ports().one(), circuit.ports().other()))
                        .filter(this::isNobodys).forEach(this::owe));
            }
        });
    }

    private boolean isNobodys(OpticalCircuit circuit) {
        return !pass.observed.leaving(pass.now).contains(circuit)
                && pass.desired.demands().values().stream().noneMatch(demand -> demand.value().circuits().contains(circuit))
                && pass.desired.debts().values().stream().noneMatch(debt -> debt.value().made().contains(circuit));
    }

    private void owe(OpticalCircuit circuit) {
        StoredDebt debt = StoredDebt.builder().owner(INVALID).opticalSwitch(circuit.opticalSwitch()).addMade(circuit)
                .since(pass.now).build();
        pass.operations.add(visitor -> visitor.owe(INVALID + "@" + circuit, debt));
    }

    void pay() {
        pass.desired.debts().forEach(this::pay);
    }

    private void pay(String key, Stored<StoredDebt> at) {
        StoredDebt debt = at.value();
        boolean known = pass.observed.switches().containsKey(debt.opticalSwitch());
        if (known && pass.trouble(debt.opticalSwitch()).isPresent()) {
            return;
        }
        Optional<FlightReport> report = pass.observed.report(PREFIX + key);
        if (report.isPresent() && report.get().ended().isEmpty()) {
            return;
        }
        // whoever wants something by now is respected, the former owner too
        StoredDemand nobody = StoredDemand.builder().owner(PREFIX + key).generation(0).requested(Instant.MAX)
                .phase(DemandPhase.FAILED).since(debt.since()).build();
        SwitchChange change = Undo.on(pass.situation(nobody), debt.opticalSwitch(), nobody.owner(), debt.made(),
                debt.displaced());
        if (change.deletes().isEmpty() && change.creates().isEmpty()
                || report.filter(FlightReport::succeeded).isPresent()) {
            pass.operations.add(visitor -> visitor.pay(key, at));
            return;
        }
        Optional<Instant> again = report.flatMap(FlightReport::ended).map(ended -> ended.plus(AGAIN))
                .filter(pass.now::isBefore);
        if (again.isPresent()) {
            pass.wake(again.get());
            return;
        }
        TreeMap<String, SwitchChange> changes = new TreeMap<>();
        changes.put(debt.opticalSwitch(), change);
        pass.fly(FlightOrder.builder().owner(nobody.owner()).kind(FlightOrder.Kind.EACH).began(debt.since())
                .serial(report.map(each -> each.order().serial() + 1).orElse(1)).changes(changes)
                .putFacts(debt.opticalSwitch(), pass.observed.switches().get(debt.opticalSwitch())).build());
    }
}
