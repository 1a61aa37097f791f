package org.cloister.driver.ocs.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A connection to one optical switch. It ends when the transport does; whoever holds it opens another one. Futures
 * fail with {@link OcsException} only, and always end: by the answer, by their deadline or by the end of the session.
 * Safe for use by several threads; transactions are carried out one after the other.
 */
public interface OcsSession extends AutoCloseable {

    /** Returns what the switch can do. */
    Set<Capability> capabilities();

    /** Returns what the switch shows, read from it now. Never an empty answer in place of a failed one. */
    CompletableFuture<Snapshot> snapshot(Duration deadline);

    /**
     * Carries a transaction out: checked against what the switch shows now, sent as one request, then followed until
     * every circuit has settled or the deadline has come. Circuits that did not settle are reported as they are.
     */
    CompletableFuture<TransactionResult> apply(CircuitTransaction transaction);

    /** Makes a transaction last that waits for it. */
    CompletableFuture<Void> confirm(String confirmation, Duration deadline);

    /** Undoes a transaction that waits for confirmation. */
    CompletableFuture<Void> cancel(String confirmation, Duration deadline);

    /** Lets light through a port, or keeps it from it. */
    CompletableFuture<Void> enable(String port, boolean enabled, Duration deadline);

    /**
     * Sets who may write among controllers (gNMI master arbitration): the highest number wins, and a lower one is
     * refused as {@code NOT_MASTER}. Without {@link Capability#ARBITRATION} it does nothing.
     *
     * @param term counts the masters of this switch
     */
    void arbitrate(long term);

    /**
     * Sets when it may write at all, asked when a write's turn has come and not when it was asked for; what may not is
     * refused as {@code NOT_MASTER}. Until then it always may.
     */
    default void writeWhile(BooleanSupplier master) {
    }

    /**
     * Tells of every change that the switch shows, the whole state each time, the first one at once; changes that
     * follow each other closely may be told together. On one thread; ends with the session.
     */
    void watch(Consumer<Snapshot> listener);

    /** Returns what completes when the session is over, with the reason as message of an exception, or normally if it was closed. */
    CompletableFuture<Void> ended();

    /** Ends the session. Circuits stay. */
    @Override
    void close();
}
