package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.ImmutableCircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.TransactionResult;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Collects changes of one switch that come within {@link #WINDOW} of each other, as those of ONOS do, and has them
 * carried out as one transaction. If that fails, each is tried alone, so that one's mistake is not the others'.
 */
final class CircuitQueue {

    /** How long changes are collected. */
    static final Duration WINDOW = Duration.ofMillis(20);
    /** How long a transaction may take, until the circuits have settled. */
    static final Duration DEADLINE = Duration.ofSeconds(10);
    /** How long a switch that did not answer in time is left alone: ONOS asks rule by rule, on one thread for all switches. */
    static final Duration REST = Duration.ofSeconds(5);

    private final Supplier<Optional<OcsSession>> session;
    private final ScheduledExecutorService timer;
    private final Deque<Change> waiting = new ArrayDeque<>();
    private final Deque<Change> alone = new ArrayDeque<>();
    private boolean busy;
    private OcsException silence;
    private long silentUntil;

    CircuitQueue(Supplier<Optional<OcsSession>> session, ScheduledExecutorService timer) {
        this.session = session;
        this.timer = timer;
    }

    /** Has circuits removed and made; completes with how those to make fared, or fails with {@link OcsException}. */
    synchronized CompletableFuture<Map<CircuitPorts, CircuitState>> ask(Set<CircuitPorts> deletes,
                                                                        Set<CircuitPorts> creates) {
        if (silence != null && System.nanoTime() - silentUntil < 0) {
            return CompletableFuture.failedFuture(silence);
        }
        Change change = new Change(deletes, creates);
        waiting.add(change);
        schedule(WINDOW);
        return change.done;
    }

    private synchronized void schedule(Duration delay) {
        if (!busy && !(waiting.isEmpty() && alone.isEmpty())) {
            busy = true;
            timer.schedule(this::next, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void next() {
        List<Change> changes = take();
        ImmutableCircuitTransaction.Builder transaction = CircuitTransaction.builder().deadline(DEADLINE);
        changes.forEach(each -> transaction.addAllDeletes(each.deletes).addAllCreates(each.creates));
        CompletableFuture<TransactionResult> result;
        try {
            result = session.get().orElseThrow(() -> new OcsException(OcsException.Reason.LOST, "not connected"))
                    .apply(transaction.build());
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        }
        result.whenComplete((done, failure) -> {
            if (failure == null) {
                changes.forEach(each -> each.complete(done));
            } else {
                failed(changes, failure instanceof CompletionException ? failure.getCause() : failure);
            }
            synchronized (this) {
                busy = false;
                schedule(alone.isEmpty() ? WINDOW : Duration.ZERO);
            }
        });
    }

    /** Takes changes, in order, that do not contradict each other. */
    private synchronized List<Change> take() {
        List<Change> taken = new ArrayList<>();
        if (!alone.isEmpty()) {
            taken.add(alone.poll());
            return taken;
        }
        Set<CircuitPorts> created = new HashSet<>();
        Set<CircuitPorts> deleted = new HashSet<>();
        Set<String> used = new HashSet<>();
        for (Iterator<Change> each = waiting.iterator(); each.hasNext();) {
            Change change = each.next();
            boolean fits = change.deletes.stream().noneMatch(created::contains)
                    && change.creates.stream().allMatch(circuit -> created.contains(circuit)
                    || !deleted.contains(circuit) && !used.contains(circuit.one()) && !used.contains(circuit.other()));
            if (fits) {
                created.addAll(change.creates);
                deleted.addAll(change.deletes);
                change.creates.forEach(circuit -> used.addAll(List.of(circuit.one(), circuit.other())));
                taken.add(change);
                each.remove();
            }
        }
        return taken;
    }

    private synchronized void failed(List<Change> changes, Throwable failure) {
        OcsException reason = failure instanceof OcsException ? (OcsException) failure
                : new OcsException(OcsException.Reason.REJECTED, String.valueOf(failure), failure);
        boolean unanswered = reason.reason() == OcsException.Reason.DEADLINE
                || reason.reason() == OcsException.Reason.LOST;
        if (unanswered) {
            silence = reason;
            silentUntil = System.nanoTime() + (reason.reason() == OcsException.Reason.DEADLINE ? REST.toNanos() : 0);
        }
        if (changes.size() > 1 && !unanswered) {
            alone.addAll(changes);
        } else {
            changes.forEach(each -> each.done.completeExceptionally(reason));
        }
    }

    /** One who asks. */
    private static final class Change {

        private final Set<CircuitPorts> deletes;
        private final Set<CircuitPorts> creates;
        private final CompletableFuture<Map<CircuitPorts, CircuitState>> done = new CompletableFuture<>();

        Change(Set<CircuitPorts> deletes, Set<CircuitPorts> creates) {
            this.deletes = Set.copyOf(deletes);
            this.creates = Set.copyOf(creates);
        }

        void complete(TransactionResult result) {
            Map<CircuitPorts, CircuitState> own = new TreeMap<>(result.circuits());
            own.keySet().retainAll(creates);
            done.complete(own);
        }
    }
}
