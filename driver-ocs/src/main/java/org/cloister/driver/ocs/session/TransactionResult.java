package org.cloister.driver.ocs.session;

import org.immutables.value.Value;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/** What became of a transaction that the switch accepted. */
@Value.Immutable
public interface TransactionResult {

    /** How each circuit to make fared, by the deadline: CONNECTED, FAILED, INVALID, or still PENDING. */
    @Value.NaturalOrder
    SortedMap<CircuitPorts, CircuitState> circuits();

    /** What {@link OcsSession#confirm} is to be given, if the transaction waits for that. */
    Optional<String> confirmation();

    /** From the request to the switch's answer. */
    Duration setting();

    /** From that answer until the last circuit settled. */
    Duration tuning();

    /** Returns a builder. */
    static ImmutableTransactionResult.Builder builder() {
        return ImmutableTransactionResult.builder();
    }
}
