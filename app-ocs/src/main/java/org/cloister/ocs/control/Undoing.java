package org.cloister.ocs.control;

import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.SwitchChange;
import org.cloister.ocs.planning.SwitchFacts;
import org.cloister.ocs.planning.Undo;
import org.cloister.ocs.store.ImmutableStoredDemand;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDebt;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredMove;
import org.cloister.ocs.store.StoredQuarantine;
import org.cloister.ocs.store.StoredTrouble;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings back what was before a move that is given up: faulty ports are quarantined first, so that nothing comes back
 * over them. A switch that cannot be told now is told when it can: what is owed there is noted before the move is
 * forgotten.
 */
final class Undoing {

    private final Pass pass;
    private final Stored<StoredDemand> at;
    private final StoredDemand demand;
    private final StoredMove move;

    Undoing(Pass pass, Stored<StoredDemand> at, StoredMove move) {
        this.pass = pass;
        this.at = at;
        this.demand = at.value();
        this.move = move;
    }

    void advance() {
        if (quarantine()) {
            return;
        }
        Optional<FlightReport> report = pass.observed.report(demand.owner())
                .filter(each -> each.order().kind() == FlightOrder.Kind.EACH
                        && each.order().began().equals(move.began()) && each.order().serial() == move.serial());
        if (report.isPresent()) {
            finish(report.get().failures().keySet());
            return;
        }
        SortedMap<String, SwitchChange> changes = new TreeMap<>();
        for (String name : switches()) {
            SwitchChange change = Undo.on(pass.situationToUndo(demand), name, demand.owner(), made(), move.displaced());
            if (pass.trouble(name).isEmpty() && !(change.deletes().isEmpty() && change.creates().isEmpty())) {
                changes.put(name, change);
            }
        }
        if (changes.isEmpty()) {
            finish(Set.of());
        } else {
            pass.fly(Moving.order(pass, demand, move, FlightOrder.Kind.EACH, changes));
        }
    }

    private boolean quarantine() {
        List<StoredQuarantine> open = move.faults().stream().filter(fault -> !pass.desired.quarantine().containsKey(
                StoredQuarantine.key(fault.opticalSwitch(), fault.port()))).collect(Collectors.toList());
        open.forEach(fault -> pass.operations.add(visitor -> visitor.quarantine(fault)));
        return !open.isEmpty();
    }

    /** What is made again was there before, and is wanted, whatever becomes of the rest. */
    private SortedSet<OpticalCircuit> made() {
        SortedSet<OpticalCircuit> made = new TreeSet<>(move.made());
        if (demand.ending().isEmpty()) {
            made.removeAll(demand.established());
        }
        return made;
    }

    private SortedSet<String> switches() {
        return Stream.concat(move.made().stream(), move.displaced().stream()).map(OpticalCircuit::opticalSwitch)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void finish(Collection<String> failed) {
        for (String name : switches()) {
            SwitchFacts facts = pass.observed.switches().get(name);
            boolean untold = failed.contains(name) || facts != null && pass.trouble(name).isPresent();
            SortedSet<OpticalCircuit> made = on(name, made());
            SortedSet<OpticalCircuit> displaced = on(name, move.displaced());
            if (untold && !(made.isEmpty() && displaced.isEmpty())) {
                StoredDebt debt = StoredDebt.builder().owner(demand.owner()).opticalSwitch(name).made(made)
                        .displaced(displaced).since(pass.now).build();
                String key = demand.owner() + "@" + name + "@" + move.began().toEpochMilli();
                pass.operations.add(visitor -> visitor.owe(key, debt));
            }
        }
        if (demand.ending().isPresent()) {
            pass.drop(at);
        } else {
            pass.write(at, move.repair() ? broken() : failed());
        }
    }

    private static SortedSet<OpticalCircuit> on(String name, Collection<OpticalCircuit> circuits) {
        return circuits.stream().filter(circuit -> circuit.opticalSwitch().equals(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private StoredDemand failed() {
        return ImmutableStoredDemand.copyOf(demand).withMove(Optional.empty()).withPhase(DemandPhase.FAILED)
                .withSince(pass.now).withTroubles(move.troubles()).withReason(reason())
                .withPhaseMillis(move.phaseMillis());
    }

    private StoredDemand broken() {
        int repairs = demand.repairs() + 1;
        Duration pause = pass.limits.firstRepair().multipliedBy(1L << Math.min(16, repairs - 1));
        return ImmutableStoredDemand.copyOf(demand).withMove(Optional.empty()).withPhase(DemandPhase.BROKEN)
                .withTroubles(move.troubles()).withReason(reason()).withRepairs(repairs)
                .withNextRepair(pass.now.plus(pause.compareTo(pass.limits.lastRepair()) < 0 ? pause
                        : pass.limits.lastRepair()));
    }

    private Optional<String> reason() {
        return move.troubles().stream().map(StoredTrouble::reason).findFirst().or(demand::reason);
    }
}
