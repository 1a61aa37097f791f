package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.Conflict;
import org.cloister.ocs.planning.ImmutableSwitchFacts;
import org.cloister.ocs.planning.Planned;
import org.cloister.ocs.planning.SwitchChange;
import org.cloister.ocs.planning.SwitchFacts;
import org.cloister.ocs.store.ImmutableStoredDemand;
import org.cloister.ocs.store.ImmutableStoredMove;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredMove;
import org.cloister.ocs.store.StoredMove.Step;
import org.cloister.ocs.store.StoredQuarantine;
import org.cloister.ocs.store.StoredTrouble;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a demand from wish to light, a step at a time.
 * <pre>
 * PLANNED -> [DRAINING] -> SWITCHING -> TUNING -> VERIFYING -> ESTABLISHED
 *                              |   \________________|
 *                              |         failed
 *                              |<- CLEARING, once, then ROLLING_BACK -> FAILED
 * </pre>
 * The document with the next step is written before a switch is told. A new leader that finds a step in which switches
 * may have been told has confirmed what waits for confirmation, and then does the step again: what is done already is
 * found done.
 */
final class Moving {

    private final Pass pass;
    private final Stored<StoredDemand> at;
    private final StoredDemand demand;

    Moving(Pass pass, Stored<StoredDemand> at) {
        this.pass = pass;
        this.at = at;
        this.demand = at.value();
    }

    /** Begins with what an owner wants. */
    void begin() {
        Planned planned = pass.plan(demand);
        Optional<Conflict> conflict = serious(planned);
        if (conflict.isPresent()) {
            giveUp(conflict.get(), planned);
            return;
        }
        Set<OpticalCircuit> leaving = pass.observed.leaving(pass.now);
        if (planned.plan().keeps().stream().anyMatch(leaving::contains)) {
            // somebody who has no use for it has it removed, and nobody saw that it is wanted
            pass.wake(pass.now.plus(Verifying.NEWS));
            return;
        }
        start(planned, false);
    }

    /** Ends what cannot be done, unless a switch has just gone away, or has not come yet since this leader leads. */
    private void giveUp(Conflict conflict, Planned planned) {
        Instant began = demand.since().isBefore(pass.observed.led()) ? pass.observed.led() : demand.since();
        Instant limit = began.plus(pass.limits.planning());
        boolean mayCome = conflict.reason() == Reason.UNAVAILABLE || conflict.reason() == Reason.UNKNOWN_SWITCH;
        if (mayCome && pass.now.isBefore(limit)) {
            pass.wake(limit);
        } else {
            end(DemandPhase.FAILED, conflict.message(), troubles(planned));
        }
    }

    /** Begins to make lost circuits again. */
    void repair(Planned planned) {
        start(planned, true);
    }

    private void start(Planned planned, boolean repair) {
        SortedSet<OpticalCircuit> removes = planned.plan().removes();
        boolean drains = removes.stream().anyMatch(this::isBusy);
        StoredMove move = StoredMove.builder().generation(demand.generation()).repair(repair)
                .term(pass.observed.term()).began(pass.now).since(pass.now).deadline(pass.now)
                .serial(demand.move().map(StoredMove::serial).orElse(0)).attempt(0).step(Step.DRAINING)
                .phaseMillis(Map.of("draining", 0L)).build();
        if (drains) {
            write(step(planned(move, planned), Step.DRAINING, pass.limits.draining()));
        } else {
            tell(planned(move, planned), planned);
        }
    }

    /** What an owner had before may be lost; it must not keep it from what else it wants. */
    private Optional<Conflict> serious(Planned planned) {
        return planned.conflicts().values().stream()
                .filter(conflict -> !demand.established().contains(conflict.circuit())).findFirst();
    }

    private static List<StoredTrouble> troubles(Planned planned) {
        return planned.conflicts().values().stream()
                .map(conflict -> StoredTrouble.of(conflict.circuit(), conflict.message())).collect(Collectors.toList());
    }

    private boolean isBusy(OpticalCircuit circuit) {
        CircuitSight sight = pass.observed.sight(circuit);
        return Stream.of(sight.one(), sight.other()).flatMap(Optional::stream)
                .anyMatch(end -> end.port().packets() > pass.limits.quietPackets());
    }

    private static ImmutableStoredMove planned(StoredMove move, Planned planned) {
        return ImmutableStoredMove.copyOf(move).withRemoves(planned.plan().removes())
                .withMakes(planned.plan().makes())
                .withDisplaced(union(move.displaced(), planned.plan().removes()))
                .withMade(union(move.made(), planned.plan().makes()))
                .withAttempt(move.attempt() + 1);
    }

    private static SortedSet<OpticalCircuit> union(Collection<OpticalCircuit> some, Collection<OpticalCircuit> more) {
        SortedSet<OpticalCircuit> union = new TreeSet<>(some);
        union.addAll(more);
        return union;
    }

    /** Goes on with a plan: entries that do not work go first, so that they are made anew. */
    private void tell(ImmutableStoredMove move, Planned planned) {
        if (planned.plan().makes().isEmpty()) {
            write(step(move, Step.VERIFYING, pass.limits.verifying()).withTuned(pass.now));
            return;
        }
        SortedSet<OpticalCircuit> broken = new TreeSet<>(planned.plan().removes());
        broken.retainAll(planned.plan().makes());
        if (!broken.isEmpty()) {
            write(step(move, Step.CLEARING, pass.limits.awaiting()).withAttempt(move.attempt() - 1)
                    .withTroubles(broken.stream().map(circuit -> StoredTrouble.of(circuit, circuit + " is INVALID"))
                            .collect(Collectors.toList())));
            return;
        }
        write(step(move, Step.SWITCHING, pass.limits.awaiting()));
    }

    private ImmutableStoredMove step(StoredMove move, Step step, Duration limit) {
        return ImmutableStoredMove.copyOf(move).withStep(step).withSince(pass.now)
                .withDeadline(pass.now.plus(limit)).withTerm(pass.observed.term()).withSerial(move.serial() + 1);
    }

    private void write(StoredMove move) {
        if (move.step() == Step.SWITCHING) {
            note(move.makes());
        }
        DemandPhase phase = move.repair() ? DemandPhase.BROKEN : phase(move.step());
        pass.write(at, ImmutableStoredDemand.copyOf(demand).withMove(move).withPhase(phase)
                .withSince(phase == demand.phase() ? demand.since() : pass.now)
                .withPhaseMillis(move.made().isEmpty() ? demand.phaseMillis() : move.phaseMillis())
                .withReason(move.repair() ? demand.reason() : Optional.empty())
                .withTroubles(move.repair() ? demand.troubles() : move.troubles()));
    }

    private static DemandPhase phase(Step step) {
        switch (step) {
            case DRAINING:
                return DemandPhase.DRAINING;
            case TUNING:
                return DemandPhase.TUNING;
            case VERIFYING:
                return DemandPhase.VERIFYING;
            case UNDOING:
                return DemandPhase.ROLLING_BACK;
            default:
                return DemandPhase.SWITCHING;
        }
    }

    /** Before the switch is told: a circuit without a name that is not noted is taken for somebody else's. */
    private void note(Collection<OpticalCircuit> makes) {
        for (Map.Entry<String, List<OpticalCircuit>> each : makes.stream().collect(Collectors.groupingBy(
                OpticalCircuit::opticalSwitch, TreeMap::new, Collectors.toList())).entrySet()) {
            SwitchFacts facts = pass.observed.switches().get(each.getKey());
            if (facts != null && !facts.can(Capability.NAMED_CIRCUITS)) {
                pass.note(each.getKey(), each.getValue(), List.of());
            }
        }
    }

    /** Goes on looking where an earlier leader looked: what this one sees may be younger than that began. */
    void verifyAnew(StoredMove move) {
        write(step(move, Step.VERIFYING, pass.limits.verifying()));
    }

    /** Carries on with a step that nothing is under way for. */
    void advance(StoredMove move) {
        switch (move.step()) {
            case DRAINING:
                drain(move);
                break;
            case SWITCHING:
            case TUNING:
                change(move);
                break;
            case VERIFYING:
                verify(move);
                break;
            case CLEARING:
                clear(move);
                break;
            default:
                new Undoing(pass, at, move).advance();
                break;
        }
    }

    private void drain(StoredMove move) {
        if (pass.now.isBefore(move.deadline()) && move.removes().stream().anyMatch(this::isBusy)) {
            pass.wake(move.deadline());
            return;
        }
        // others may have asked for something meanwhile
        Planned planned = pass.plan(demand, move.repair());
        Optional<Conflict> conflict = serious(planned);
        if (conflict.isPresent()) {
            giveUp(conflict.get(), planned);
            return;
        }
        tell(planned(ImmutableStoredMove.copyOf(move).withAttempt(0)
                .withPhaseMillis(with(move, Map.of("draining", Duration.between(move.since(), pass.now).toMillis()))),
                planned), planned);
    }

    private void change(StoredMove move) {
        Optional<FlightReport> report = report(move, FlightOrder.Kind.MOVE);
        if (report.isEmpty()) {
            depart(move, FlightOrder.Kind.MOVE, SwitchChange.of(move.removes(), move.makes()));
        } else if (report.get().succeeded()) {
            FlightReport done = report.get();
            write(step(move, Step.VERIFYING, pass.limits.verifying()).withSent(done.sent().or(move::sent))
                    .withTuned(pass.now).withPhaseMillis(with(move, Map.of("preparing", done.preparing().toMillis(),
                            "setting", done.setting().toMillis(), "tuning", done.tuning().toMillis()))));
        } else {
            failed(move, report.get());
        }
    }

    private void failed(StoredMove move, FlightReport report) {
        SortedMap<OpticalCircuit, Finding> findings = new TreeMap<>(report.unsettled());
        report.failures().forEach((name, why) -> move.makes().stream()
                .filter(circuit -> circuit.opticalSwitch().equals(name)).forEach(circuit -> findings.putIfAbsent(
                        circuit, Finding.of(Finding.Kind.UNSEEN, name + ": " + why, List.of()))));
        fail(move, findings);
    }

    private Optional<FlightReport> report(StoredMove move, FlightOrder.Kind kind) {
        return pass.observed.report(demand.owner()).filter(report -> report.order().kind() == kind
                && report.order().began().equals(move.began()) && report.order().serial() == move.serial());
    }

    /** Has switches told as soon as all can be. */
    private void depart(StoredMove move, FlightOrder.Kind kind, SortedMap<String, SwitchChange> changes) {
        Optional<String> trouble = changes.keySet().stream().map(pass::trouble).flatMap(Optional::stream).findFirst();
        if (trouble.isEmpty()) {
            pass.fly(order(pass, demand, move, kind, changes));
        } else if (pass.now.isBefore(move.deadline())) {
            pass.wake(move.deadline());
        } else {
            undo(move, "it could not be told in time: " + trouble.get(), List.of(), List.of());
        }
    }

    static FlightOrder order(Pass pass, StoredDemand demand, StoredMove move, FlightOrder.Kind kind,
                             SortedMap<String, SwitchChange> changes) {
        SortedMap<String, SwitchFacts> facts = new TreeMap<>(pass.observed.switches());
        facts.keySet().retainAll(changes.keySet());
        // what is about to be noted as ours is not yet in what was seen
        facts.replaceAll((name, each) -> ImmutableSwitchFacts.copyOf(each)
                .withMade(Stream.concat(each.made().stream(), changes.get(name).creates().stream())
                        .collect(Collectors.toSet())));
        return FlightOrder.builder().owner(demand.owner()).kind(kind).began(move.began()).serial(move.serial())
                .changes(changes).facts(facts).build();
    }

    private void verify(StoredMove move) {
        Verifying verifying = Verifying.of(pass, demand, move);
        if (verifying.findings().isEmpty()) {
            established(move, verifying);
        } else if (verifying.isHopeless() || !pass.now.isBefore(move.deadline())) {
            fail(move, verifying.findings());
        } else {
            pass.wake(move.deadline());
            pass.wake(pass.now.isBefore(move.since().plus(Verifying.NEWS)) ? move.since().plus(Verifying.NEWS)
                    : move.deadline());
            move.sent().map(sent -> sent.plus(pass.limits.linkAge())).filter(pass.now::isBefore)
                    .ifPresent(pass::wake);
            move.tuned().map(tuned -> tuned.plus(pass.limits.linkAge())).filter(pass.now::isBefore)
                    .ifPresent(pass::wake);
        }
    }

    private void established(StoredMove move, Verifying verifying) {
        SortedMap<OpticalCircuit, Finding> kept = pass.watch(demand.circuits());
        DemandPhase phase = kept.isEmpty() ? DemandPhase.ESTABLISHED : DemandPhase.BROKEN;
        List<StoredTrouble> troubles = Resting.troubles(kept);
        pass.write(at, ImmutableStoredDemand.copyOf(demand).withMove(Optional.empty()).withPhase(phase)
                .withSince(pass.now).withEstablished(demand.circuits()).withTroubles(troubles)
                .withReason(troubles.stream().map(StoredTrouble::reason).findFirst())
                .withRepairs(kept.isEmpty() ? 0 : demand.repairs()).withNextRepair(Optional.empty())
                .withPhaseMillis(move.made().isEmpty() ? demand.phaseMillis()
                        : with(move, verifying.phaseMillis())));
    }

    private static Map<String, Long> with(StoredMove move, Map<String, Long> more) {
        Map<String, Long> all = new HashMap<>(move.phaseMillis());
        all.putAll(more);
        return all;
    }

    /** Once more, or never. */
    private void fail(StoredMove move, SortedMap<OpticalCircuit, Finding> findings) {
        List<StoredTrouble> troubles = Resting.troubles(findings);
        boolean reachable = switches(move).stream().allMatch(name -> pass.trouble(name).isEmpty());
        if (move.attempt() < pass.limits.attempts() && reachable && !move.made().isEmpty()) {
            write(step(move, Step.CLEARING, pass.limits.awaiting()).withTroubles(troubles));
            return;
        }
        List<StoredQuarantine> faults = new ArrayList<>();
        findings.forEach((circuit, finding) -> finding.ports().forEach(port -> faults.add(StoredQuarantine.of(
                circuit.opticalSwitch(), port, finding.reason(), pass.now))));
        undo(move, troubles.get(0).reason(), troubles, faults);
    }

    private static SortedSet<String> switches(StoredMove move) {
        return union(move.made(), move.displaced()).stream().map(OpticalCircuit::opticalSwitch)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Removes what failed, if the switch still shows it and nobody else wants it. */
    private void clear(StoredMove move) {
        Optional<FlightReport> report = report(move, FlightOrder.Kind.EACH);
        SortedSet<OpticalCircuit> failed = move.troubles().stream().map(StoredTrouble::circuit)
                .filter(this::isClearable).collect(Collectors.toCollection(TreeSet::new));
        if (report.isEmpty() && !failed.isEmpty()) {
            depart(move, FlightOrder.Kind.EACH, SwitchChange.of(failed, List.of()));
            return;
        }
        if (pass.now.isBefore(move.since().plus(Verifying.NEWS))) {
            // what is seen may be older than what made the attempt fail
            pass.wake(move.since().plus(Verifying.NEWS));
            return;
        }
        Planned planned = pass.plan(demand, move.repair());
        Optional<Conflict> conflict = serious(planned);
        if (conflict.isPresent()) {
            undo(move, conflict.get().message(), troubles(planned), List.of());
        } else {
            SortedSet<OpticalCircuit> again = union(planned.plan().makes(), failed);
            ImmutableStoredMove next = planned(ImmutableStoredMove.copyOf(move).withTroubles(List.of()), planned);
            // what was just removed may still be shown
            ImmutableStoredMove retry = next.withMakes(again).withMade(union(next.made(), again))
                    .withRemoves(without(next.removes(), again));
            if (again.isEmpty()) {
                tell(retry, planned);
            } else {
                write(step(retry, Step.SWITCHING, pass.limits.awaiting()));
            }
        }
    }

    private static SortedSet<OpticalCircuit> without(Collection<OpticalCircuit> some, Collection<OpticalCircuit> less) {
        SortedSet<OpticalCircuit> rest = new TreeSet<>(some);
        rest.removeAll(less);
        return rest;
    }

    private boolean isClearable(OpticalCircuit circuit) {
        SwitchFacts facts = pass.observed.switches().get(circuit.opticalSwitch());
        boolean ours = facts != null && facts.circuit(CircuitPorts.of(circuit.one(), circuit.other()))
                .filter(facts::isOurs).isPresent();
        return ours && pass.desired.heldAgainst(demand).values().stream().noneMatch(held -> held.contains(circuit));
    }

    private void undo(StoredMove move, String reason, List<StoredTrouble> troubles, List<StoredQuarantine> faults) {
        ImmutableStoredMove undoing = step(move, Step.UNDOING, pass.limits.awaiting()).withFaults(faults)
                .withTroubles(troubles.isEmpty() ? demand.circuits().stream().limit(1)
                        .map(circuit -> StoredTrouble.of(circuit, reason)).collect(Collectors.toList()) : troubles);
        write(undoing);
    }

    private void end(DemandPhase phase, String reason, List<StoredTrouble> troubles) {
        pass.write(at, ImmutableStoredDemand.copyOf(demand).withMove(Optional.empty()).withPhase(phase)
                .withSince(pass.now).withReason(reason).withTroubles(troubles)
                .withPhaseMillis(demand.move().filter(move -> move.generation() == demand.generation())
                        .map(StoredMove::phaseMillis).orElse(Map.of())));
    }
}
