package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.ImmutableSnapshot;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.driver.ocs.session.TransactionResult;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.ImmutableSwitchFacts;
import org.cloister.ocs.planning.SwitchChange;
import org.cloister.ocs.planning.SwitchFacts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One switch's part of an order: read, checked, told in one transaction, and read again where the answer does not come.
 * Every step ends in a call of what was given for it, on the control thread.
 */
final class SwitchFlight {

    /** How often a switch may change between reading and telling. */
    private static final int STALE_MAX = 5;
    /** The switch's own patience is a little longer than ours, so that the confirmation does not come too late. */
    private static final Duration CONFIRMATION_MARGIN = Duration.ofSeconds(10);
    /** How long a switch may take to undo what nobody confirmed. */
    private static final Duration UNDOING = Duration.ofSeconds(2);

    private final String name;
    private final FlightOrder order;
    private final SwitchChange change;
    private final OcsSessions sessions;
    private final Deadlines deadlines;
    private final Limits limits;
    private final Clock clock;
    private final Flight.Course course;
    private SwitchFacts facts;
    private Optional<String> confirmation = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private Optional<TransactionResult> result = Optional.empty();
    private SortedMap<CircuitPorts, CircuitState> circuits = new TreeMap<>();
    private boolean done;
    private Instant told = Instant.MAX;
    private int stale;

    SwitchFlight(String name, FlightOrder order, OcsSessions sessions, Deadlines deadlines, Limits limits,
                 Clock clock, Flight.Course course) {
        this.course = course;
        this.clock = clock;
        this.name = name;
        this.order = order;
        this.change = order.changes().get(name);
        this.facts = order.facts().get(name);
        this.sessions = sessions;
        this.deadlines = deadlines;
        this.limits = limits;
    }

    String name() {
        return name;
    }

    Optional<String> failure() {
        return failure;
    }

    Optional<TransactionResult> result() {
        return result;
    }

    /** Returns whether all was done before the switch was told anything. */
    boolean doneBefore() {
        return done;
    }

    /** Returns the circuits that were to be made and have not settled. */
    SortedSet<CircuitPorts> unsettled() {
        SortedSet<CircuitPorts> unsettled = new TreeSet<>();
        if (failure.isEmpty()) {
            change.creates().stream().filter(ports -> !settled(circuits.get(ports))).forEach(unsettled::add);
        }
        return unsettled;
    }

    private static boolean settled(CircuitState circuit) {
        return circuit != null
                && (circuit.status() == CircuitStatus.CONNECTED || circuit.status() == CircuitStatus.UNKNOWN);
    }

    /** Reads the switch and checks that nothing is in the way. */
    void prepare(Runnable then) {
        ask(session -> session.snapshot(limits.reading()), limits.reading(), (snapshot, error) -> {
            if (error != null) {
                fail(error);
            } else {
                look(snapshot);
                done = change.isDone(facts) && change.creates().stream()
                        .allMatch(ports -> settled(snapshot.circuits().get(ports)));
                change.objection(facts).ifPresent(why -> failure = Optional.of("CONFLICT: " + why));
            }
            then.run();
        });
    }

    private void look(Snapshot snapshot) {
        facts = ImmutableSwitchFacts.copyOf(facts).withSnapshot(snapshot);
    }

    /** Tells the switch. */
    void apply(Runnable then) {
        boolean confirms = order.kind() == FlightOrder.Kind.MOVE && facts.can(Capability.CONFIRMED_COMMIT);
        CircuitTransaction transaction = CircuitTransaction.builder().deletes(change.deletes())
                .creates(change.creates()).deadline(limits.switching())
                .expectedRevision(facts.snapshot().map(Snapshot::revision))
                .confirmWithin(confirms ? Optional.of(limits.switching().plus(CONFIRMATION_MARGIN)) : Optional.empty())
                .confirmation(confirms ? Optional.of(order.confirmation()) : Optional.empty()).build();
        told = clock.instant();
        ask(session -> session.apply(transaction), limits.switching(), (answer, error) -> {
            if (error == null) {
                result = Optional.of(answer);
                circuits = answer.circuits();
                confirmation = answer.confirmation();
                then.run();
            } else if (error.reason() == Reason.STALE && !course.isAbandoned() && ++stale <= STALE_MAX) {
                prepare(() -> {
                    if (failure.isEmpty() && !course.isAbandoned()) {
                        apply(then);
                    } else {
                        then.run();
                    }
                });
            } else if (error.reason() == Reason.DEADLINE || error.reason() == Reason.LOST) {
                confirmation = transaction.confirmation();
                readBack(error, then);
            } else {
                fail(error);
                then.run();
            }
        });
    }

    /** It may have been done: what the switch shows decides. */
    private void readBack(OcsException unanswered, Runnable then) {
        ask(session -> session.snapshot(limits.reading()), limits.reading(), (snapshot, error) -> {
            if (error == null) {
                look(snapshot);
            }
            if (error == null && change.isDone(facts)) {
                circuits = new TreeMap<>(snapshot.circuits());
            } else {
                fail(unanswered);
            }
            then.run();
        });
    }

    /** Reads what the switch shows of what has not settled. */
    void lookWhy(Runnable then) {
        if (unsettled().isEmpty()) {
            then.run();
            return;
        }
        ask(session -> session.snapshot(limits.reading()), limits.reading(), (snapshot, error) -> {
            if (error == null) {
                SortedMap<CircuitPorts, CircuitState> all = new TreeMap<>(snapshot.circuits());
                all.putAll(circuits);
                look(ImmutableSnapshot.copyOf(snapshot).withCircuits(all));
            }
            then.run();
        });
    }

    /** Returns what the switch showed of a circuit that has not settled. */
    Finding finding(CircuitPorts ports) {
        OpticalCircuit circuit = OpticalCircuit.of(name, ports.one(), ports.other());
        return Pass.sorted(Optics.inspect(ImmutableCircuitSight.builder().circuit(circuit)
                .facts(ImmutableSwitchFacts.copyOf(facts).withConnected(true)).build(), limits)).stream().findFirst()
                .orElse(Finding.of(Finding.Kind.UNSETTLED, circuit + " did not settle within "
                        + limits.switching().toMillis() + " ms", List.of(ports.one(), ports.other())));
    }

    /**
     * Makes it last, if it waits for that. If the answer does not come, it lasts if it is still there when it would
     * have undone itself.
     */
    void confirm(Runnable then) {
        if (confirmation.isEmpty()) {
            then.run();
            return;
        }
        ask(session -> session.confirm(confirmation.get(), limits.reading()), limits.reading(), (nothing, error) -> {
            if (error == null) {
                then.run();
            } else {
                Duration rest = Duration.between(clock.instant(), told.plus(limits.switching())
                        .plus(CONFIRMATION_MARGIN).plus(UNDOING));
                deadlines.after(rest.isNegative() ? Duration.ZERO : rest, () -> readBack(error, then));
            }
        });
    }

    /** Undoes it, if it waits. What cannot be cancelled undoes itself. */
    void cancel(Runnable then) {
        if (confirmation.isEmpty()) {
            then.run();
        } else {
            ask(session -> session.cancel(confirmation.get(), limits.reading()), limits.reading(),
                    (nothing, error) -> then.run());
        }
    }

    /** Undoes what it was told, whatever became of the answer. */
    void takeBack(Runnable then) {
        if (told.equals(Instant.MAX) || order.kind() != FlightOrder.Kind.MOVE
                || !facts.can(Capability.CONFIRMED_COMMIT)) {
            then.run();
        } else {
            ask(session -> session.cancel(order.confirmation(), limits.reading()), limits.reading(),
                    (nothing, error) -> then.run());
        }
    }

    /** Has confirmed what an earlier order of a name left waiting; that nothing waits is no failure. */
    void confirmEarlier(Runnable then) {
        if (!facts.can(Capability.CONFIRMED_COMMIT)) {
            then.run();
            return;
        }
        ask(session -> session.confirm(order.confirmation(), limits.reading()), limits.reading(),
                (nothing, error) -> then.run());
    }

    private void fail(OcsException error) {
        failure = Optional.of((error.reason() == Reason.NOT_MASTER ? "another controller is the writer, " : "")
                + error.reason() + ": " + error.getMessage());
    }

    private <T> void ask(Function<OcsSession, CompletableFuture<T>> call, Duration deadline,
                         BiConsumer<T, OcsException> answer) {
        Optional<OcsSession> session = sessions.session(name);
        if (session.isEmpty()) {
            answer.accept(null, new OcsException(Reason.LOST, "not connected"));
        } else {
            deadlines.await(() -> call.apply(session.get()), deadline, (value, error) -> {
                try {
                    answer.accept(value, error);
                } catch (RuntimeException e) {
                    // the next step would never come
                    failure = Optional.of("what it answered cannot be dealt with: " + e);
                    course.breakOff(e);
                }
            });
        }
    }
}
