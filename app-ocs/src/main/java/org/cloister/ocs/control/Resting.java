package org.cloister.ocs.control;

import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.control.Finding.Kind;
import org.cloister.ocs.planning.Planned;
import org.cloister.ocs.store.ImmutableStoredDemand;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredTrouble;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Watches circuits that were established: ESTABLISHED as long as all are as they should be, BROKEN otherwise. Circuits
 * that a switch has lost are made again, a bounded number of times, never at others' cost.
 */
final class Resting {

    private final Pass pass;
    private final Stored<StoredDemand> at;
    private final StoredDemand demand;

    Resting(Pass pass, Stored<StoredDemand> at) {
        this.pass = pass;
        this.at = at;
        this.demand = at.value();
    }

    void watch() {
        SortedMap<OpticalCircuit, Finding> findings = pass.watch(demand.circuits());
        if (findings.isEmpty()) {
            pass.endQuarantine(demand.circuits());
            if (demand.phase() == DemandPhase.BROKEN) {
                pass.write(at, ImmutableStoredDemand.copyOf(demand).withPhase(DemandPhase.ESTABLISHED)
                        .withSince(pass.now).withReason(Optional.empty()).withTroubles(List.of()).withRepairs(0)
                        .withNextRepair(Optional.empty()));
            }
            wakeForGhosts();
            return;
        }
        Instant settled = pass.observed.troubledSince(demand.owner()).orElse(pass.now).plus(pass.limits.settling());
        if (demand.phase() == DemandPhase.ESTABLISHED) {
            pass.operations.add(Operation.inside(visitor -> visitor.troubled(demand.owner())));
            if (pass.now.isBefore(settled)) {
                pass.wake(settled);
                return;
            }
        }
        List<StoredTrouble> troubles = troubles(findings);
        if (demand.phase() == DemandPhase.ESTABLISHED || !told(demand.troubles()).equals(told(troubles))) {
            pass.write(at, ImmutableStoredDemand.copyOf(demand).withPhase(DemandPhase.BROKEN)
                    .withSince(demand.phase() == DemandPhase.BROKEN ? demand.since() : pass.now)
                    .withTroubles(troubles).withReason(troubles.get(0).reason()));
            return;
        }
        repair(findings);
    }

    /** Two ports that hear nobody are noticed a while after the last link went. */
    private void wakeForGhosts() {
        demand.circuits().stream().map(pass.observed::sight).filter(CircuitSight::hasEnds)
                .flatMap(sight -> List.of(sight.one().get(), sight.other().get()).stream())
                .flatMap(end -> end.port().silent().stream()).map(since -> since.plus(pass.limits.linkAge()))
                .filter(pass.now::isBefore).min(Instant::compareTo).ifPresent(pass::wake);
    }

    /** A measured value that changes a little is no news. */
    private static List<String> told(List<StoredTrouble> troubles) {
        return troubles.stream().map(trouble -> trouble.reason().replaceAll("-?\\d+\\.\\d+", "#"))
                .collect(Collectors.toList());
    }

    private void repair(SortedMap<OpticalCircuit, Finding> findings) {
        SortedSet<OpticalCircuit> lost = findings.entrySet().stream().filter(each -> isLost(each.getValue()))
                .map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
        if (lost.isEmpty() || demand.repairs() >= pass.limits.repairs()) {
            return;
        }
        Optional<Instant> next = demand.nextRepair().filter(pass.now::isBefore);
        if (next.isPresent()) {
            pass.wake(next.get());
            return;
        }
        Planned planned = pass.plan(demand, true);
        if (!planned.plan().makes().isEmpty()) {
            new Moving(pass, at).repair(planned);
        }
    }

    private static boolean isLost(Finding finding) {
        return finding.kind() == Kind.MISSING || finding.kind() == Kind.BROKEN;
    }

    /** Returns findings in the form in which they are kept. */
    static List<StoredTrouble> troubles(SortedMap<OpticalCircuit, Finding> findings) {
        List<StoredTrouble> troubles = new ArrayList<>();
        // the most telling one first: it is the reason that is given
        findings.entrySet().stream().sorted(Map.Entry.comparingByValue(
                Comparator.comparing(Finding::kind)))
                .forEach(each -> troubles.add(StoredTrouble.of(each.getKey(), each.getValue().reason())));
        return troubles;
    }
}
