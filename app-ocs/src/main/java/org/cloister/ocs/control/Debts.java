package org.cloister.ocs.control;

import org.cloister.ocs.planning.SwitchChange;
import org.cloister.ocs.planning.Undo;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDebt;
import org.cloister.ocs.store.StoredDemand;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Undoes what could not be undone when a move was given up, once the switch can be told. */
final class Debts {

    private static final Duration AGAIN = Duration.ofSeconds(10);
    /** Before every name that an owner can have. */
    private static final String PREFIX = " owed ";

    private final Pass pass;

    Debts(Pass pass) {
        this.pass = pass;
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
                .phase(org.cloister.ocs.api.DemandPhase.FAILED).since(debt.since()).build();
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
