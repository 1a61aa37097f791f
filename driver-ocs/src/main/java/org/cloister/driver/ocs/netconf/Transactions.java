package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.netconf.Datastore.Confirmation;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.ImmutableTransactionResult;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.TransactionResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Changes the circuits of a switch: locks it, looks, decides, changes all at once, lets go, and looks again. */
final class Transactions {

    private static final Logger log = LoggerFactory.getLogger(Transactions.class);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final NetconfChannel channel;
    private final Datastore datastore;
    private final String prefix;
    private int unnamed;

    /** @param prefix what the names of transactions begin with that wait for confirmation and have none */
    Transactions(NetconfChannel channel, Datastore datastore, String prefix) {
        this.channel = channel;
        this.datastore = datastore;
        this.prefix = prefix;
    }

    /** Reads the switch. */
    Reading read(Deadline deadline) {
        try {
            return Reading.of(channel, deadline);
        } catch (RpcRefused e) {
            throw e.toOcsException("reading ports and pairs");
        }
    }

    /** Carries a transaction out; nothing has changed when it is refused. */
    TransactionResult apply(CircuitTransaction transaction, Deadline deadline) {
        long began = System.nanoTime();
        Optional<Confirmation> confirmation = transaction.confirmWithin()
                .map(within -> new Confirmation(transaction.confirmation().orElseGet(this::name), within));
        lock(deadline);
        try {
            change(transaction, confirmation, deadline);
        } finally {
            unlock(deadline);
        }
        long set = System.nanoTime();
        Reading after = settled(transaction.creates(), deadline);
        ImmutableTransactionResult.Builder result = TransactionResult.builder()
                .confirmation(confirmation.map(Confirmation::id))
                .setting(Duration.ofNanos(set - began)).tuning(Duration.ofNanos(System.nanoTime() - set));
        transaction.creates().forEach(ports -> result.putCircuits(ports, after.circuit(ports)));
        return result.build();
    }

    private void change(CircuitTransaction transaction, Optional<Confirmation> confirmation, Deadline deadline) {
        Reading before = read(deadline);
        CrossConnects pairs = before.pairs();
        transaction.expectedRevision().filter(expected -> !expected.equals(pairs.revision())).ifPresent(expected -> {
            throw new OcsException(Reason.STALE, "the switch has other circuits than when this was planned: revision "
                    + pairs.revision() + " instead of " + expected);
        });
        transaction.creates().forEach(ports -> {
            before.port(ports.one());
            before.port(ports.other());
        });
        CrossConnects wanted = pairs.with(transaction.deletes(), transaction.creates());
        String change = wanted.changeFrom(pairs);
        // one that waits for confirmation is committed even if nothing changes: its sender will confirm it
        if (change.isEmpty() && confirmation.isEmpty()) {
            return;
        }
        try {
            datastore.edit(change, confirmation, deadline);
        } catch (RpcRefused e) {
            throw e.toOcsException("the switch refused to change circuits");
        }
        checkDone(read(deadline).pairs(), wanted, pairs);
    }

    /** An answer is not the deed. */
    private static void checkDone(CrossConnects now, CrossConnects wanted, CrossConnects before) {
        if (now.egresses().equals(before.egresses()) && !before.egresses().equals(wanted.egresses())) {
            throw new OcsException(Reason.REJECTED, "the switch accepted the change and did nothing");
        }
        if (!now.egresses().equals(wanted.egresses())) {
            throw new OcsException(Reason.LOST, "the switch accepted the change and did another one: its pairs are "
                    + now.egresses() + " instead of " + wanted.egresses());
        }
    }

    /** Light that is measured at one end only may be on its way while the mirror turns; nothing else takes time. */
    private Reading settled(Set<CircuitPorts> creates, Deadline deadline) {
        Reading reading = read(deadline);
        while (creates.stream().anyMatch(reading::isDark) && deadline.left().compareTo(PAUSE) > 0) {
            pause(PAUSE);
            reading = read(deadline);
        }
        return reading;
    }

    /**
     * Somebody else's transaction takes a moment: tried until the deadline, at growing intervals. They get longer than
     * yuma123's server (2.13) needs to undo what nobody confirms: it looks at its clock only after a second without
     * requests.
     */
    private void lock(Deadline deadline) {
        for (Duration pause = PAUSE;; pause = pause.multipliedBy(2)) {
            try {
                datastore.lock(deadline);
                return;
            } catch (RpcRefused e) {
                if (!e.isLocked() || deadline.left().compareTo(pause) <= 0) {
                    throw e.toOcsException("the switch could not be locked within " + deadline);
                }
                pause(pause);
            }
        }
    }

    /** A lock that cannot be given back ends with the session, so the session has to end. */
    private void unlock(Deadline deadline) {
        try {
            // it is time that the next one needs, not this one
            datastore.unlock(deadline.left().compareTo(GRACE) < 0 ? Deadline.in(GRACE) : deadline);
        } catch (RpcRefused e) {
            log.warn("The lock was not taken back, the session ends: {}", e.getMessage());
            channel.end(e.toOcsException("the switch could not be unlocked"));
        } catch (OcsException e) {
            // the session is over, and the lock with it; what came before is what matters
            log.debug("No unlock: {}", e.getMessage());
        }
    }

    private String name() {
        unnamed++;
        return prefix + "-" + unnamed;
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OcsException(Reason.LOST, "interrupted");
        }
    }
}
