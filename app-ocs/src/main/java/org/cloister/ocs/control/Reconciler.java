package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.ImmutableSwitchChange;
import org.cloister.ocs.planning.SwitchChange;
import org.cloister.ocs.planning.SwitchFacts;
import org.cloister.ocs.store.Ending;
import org.cloister.ocs.store.ImmutableStoredDemand;
import org.cloister.ocs.store.ImmutableStoredMove;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredMove;
import org.cloister.ocs.store.StoredMove.Step;

import java.time.Instant;
import java.util.Comparator;
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
 * Decides what is to be done next for every demand: a function of what is kept, what is seen and the time. Each demand
 * is looked at by itself, so that those that need different ports do not wait for each other.
 */
final class Reconciler {

    private Reconciler() {
    }

    static List<Operation> reconcile(Desired desired, Observed observed, Limits limits, Instant now) {
        Pass pass = new Pass(desired, observed, limits, now);
        desired.demands().values().stream()
                .sorted(Comparator.comparing((Stored<StoredDemand> at) -> at.value().requested())
                        .thenComparing(at -> at.value().owner()))
                .forEach(at -> Undecidable.guard(pass, at, () -> look(pass, at)));
        Debts debts = new Debts(pass);
        debts.owe();
        debts.pay();
        forget(pass);
        return pass.operations;
    }

    private static void look(Pass pass, Stored<StoredDemand> at) {
        StoredDemand demand = at.value();
        Optional<StoredMove> move = demand.move();
        Optional<FlightReport> report = pass.observed.report(demand.owner());
        if (report.isPresent() && report.get().ended().isEmpty()) {
            move.ifPresent(each -> show(pass, at, each, report.get()));
            return;
        }
        if (move.isPresent() && isInherited(pass, move.get()) && settles(pass, at, move.get(), report)) {
            return;
        }
        if (demand.ending().isPresent()) {
            end(pass, at);
        } else if (move.isPresent() && move.get().generation() == demand.generation()) {
            if (move.get().step() == Step.VERIFYING && move.get().term() != pass.observed.term()) {
                new Moving(pass, at).verifyAnew(move.get());
            } else {
                new Moving(pass, at).advance(move.get());
            }
        } else if (demand.phase() == DemandPhase.FAILED) {
            return;
        } else if (demand.phase() == DemandPhase.ESTABLISHED || demand.phase() == DemandPhase.BROKEN) {
            new Resting(pass, at).watch();
        } else {
            new Moving(pass, at).begin();
        }
    }

    /** Says that switches have answered, as soon as they show it. */
    private static void show(Pass pass, Stored<StoredDemand> at, StoredMove move, FlightReport report) {
        boolean shown = move.step() == Step.SWITCHING && report.order().kind() == FlightOrder.Kind.MOVE
                && report.sent().isPresent() && report.order().changes().entrySet().stream().allMatch(each ->
                Optional.ofNullable(pass.observed.switches().get(each.getKey())).filter(each.getValue()::isDone)
                        .isPresent());
        if (shown) {
            pass.write(at, ImmutableStoredDemand.copyOf(at.value())
                    .withMove(ImmutableStoredMove.copyOf(move).withStep(Step.TUNING))
                    .withPhase(move.repair() ? DemandPhase.BROKEN : DemandPhase.TUNING)
                    .withSince(move.repair() ? at.value().since() : pass.now));
        }
    }

    /** Whether an earlier leader may have told switches something that this one has not heard the end of. */
    private static boolean isInherited(Pass pass, StoredMove move) {
        return move.term() != pass.observed.term() && move.step() != Step.DRAINING && move.step() != Step.VERIFYING;
    }

    /** Has what an earlier leader may have left waiting confirmed, on all switches that can be reached in time. */
    private static boolean settles(Pass pass, Stored<StoredDemand> at, StoredMove move,
                                   Optional<FlightReport> report) {
        if (report.filter(each -> each.order().kind() == FlightOrder.Kind.SETTLE).isPresent()) {
            pass.write(at, ImmutableStoredDemand.copyOf(at.value()).withMove(ImmutableStoredMove.copyOf(move)
                    .withTerm(pass.observed.term()).withSerial(move.serial() + 1).withSince(pass.now)
                    .withDeadline(pass.now.plus(pass.limits.awaiting()))
                    .withStep(move.step() == Step.TUNING ? Step.SWITCHING : move.step())));
            return true;
        }
        SortedSet<String> names = Stream.concat(move.made().stream(), move.displaced().stream())
                .map(OpticalCircuit::opticalSwitch).collect(Collectors.toCollection(TreeSet::new));
        boolean complete = names.stream().allMatch(name -> pass.trouble(name).isEmpty());
        Instant limit = move.deadline().plus(pass.limits.awaiting());
        if (!complete && pass.now.isBefore(limit)) {
            pass.wake(limit);
            return true;
        }
        SortedMap<String, SwitchChange> changes = new TreeMap<>();
        names.stream().filter(name -> pass.trouble(name).isEmpty())
                .forEach(name -> changes.put(name, ImmutableSwitchChange.builder().build()));
        pass.fly(Moving.order(pass, at.value(), move, FlightOrder.Kind.SETTLE, changes));
        return true;
    }

    private static void end(Pass pass, Stored<StoredDemand> at) {
        StoredDemand demand = at.value();
        if (demand.ending().get() == Ending.RELEASE) {
            pass.drop(at);
        } else if (demand.move().filter(move -> move.step() == Step.UNDOING
                && move.generation() == demand.generation()).isPresent()) {
            new Undoing(pass, at, demand.move().get()).advance();
        } else {
            StoredMove move = StoredMove.builder().generation(demand.generation()).step(Step.UNDOING).since(pass.now)
                    .deadline(pass.now.plus(pass.limits.awaiting())).term(pass.observed.term()).began(pass.now)
                    .serial(1).made(demand.circuits()).build();
            pass.write(at, ImmutableStoredDemand.copyOf(demand).withMove(move).withPhase(DemandPhase.ROLLING_BACK)
                    .withSince(pass.now));
        }
    }

    /** A circuit without a name that is gone and that nobody wants is ours no more: the next one there may not be. */
    private static void forget(Pass pass) {
        pass.desired.made().forEach((name, made) -> {
            SwitchFacts facts = pass.observed.switches().get(name);
            if (facts == null || !facts.connected() || facts.snapshot().isEmpty()
                    || facts.can(Capability.NAMED_CIRCUITS)) {
                return;
            }
            Set<OpticalCircuit> wanted = pass.desired.demands().values().stream().map(Stored::value)
                    .flatMap(demand -> Stream.concat(demand.circuits().stream(), demand.move().stream()
                            .flatMap(move -> Stream.concat(move.made().stream(), move.displaced().stream()))))
                    .collect(Collectors.toSet());
            pass.desired.debts().values().forEach(debt -> {
                wanted.addAll(debt.value().made());
                wanted.addAll(debt.value().displaced());
            });
            List<OpticalCircuit> gone = made.value().circuits().stream().filter(circuit -> !wanted.contains(circuit)
                    && facts.circuit(CircuitPorts.of(circuit.one(), circuit.other())).isEmpty())
                    .collect(Collectors.toList());
            if (!gone.isEmpty()) {
                pass.note(name, List.of(), gone);
            }
        });
    }
}
