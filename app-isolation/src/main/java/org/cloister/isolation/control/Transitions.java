package org.cloister.isolation.control;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.metrics.ControlMetrics;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.StoredSlice;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Tells monitoring what a change of a slice's document means, by the document before and after it. */
final class Transitions {

    private final ControlMetrics metrics;

    Transitions(ControlMetrics metrics) {
        this.metrics = metrics;
    }

    void tell(StoredSlice from, StoredSlice next, Instant now) {
        if (next.refusal().isPresent()) {
            return; // counted where it is answered
        }
        phase(from, next, "allocating").ifPresent(metrics::decided);
        if (from.state() == SliceState.INSTALLING && next.state() == SliceState.ACTIVE) {
            phase(from, next, "installing").ifPresent(metrics::installed);
        }
        from.move().filter(move -> ends(move, next)).ifPresent(move -> metrics.moved(
                move.reason().name().toLowerCase(Locale.ROOT), next.allocation().equals(Optional.of(
                        move.allocation())), Duration.between(move.since(), now)));
        if (next.state() == SliceState.DEGRADED && from.state() != SliceState.DEGRADED) {
            metrics.degraded(reason(next));
        }
        if (from.state() == SliceState.DEGRADED && next.state() == SliceState.ACTIVE) {
            metrics.recovered(reason(from));
        }
        if (next.state() == SliceState.REMOVING && from.state() != SliceState.REMOVING
                && from.lease().filter(lease -> !lease.expiresAt().isAfter(now)).isPresent()) {
            metrics.leaseExpired();
        }
    }

    private static boolean ends(Move move, StoredSlice next) {
        return next.move().filter(same -> same.allocation().equals(move.allocation())).isEmpty();
    }

    private static String reason(StoredSlice slice) {
        return Conditions.of(slice, Conditions.DEGRADED).filter(Condition::status).map(Condition::reason)
                .orElse("unknown");
    }

    /** A phase that has ended by this change. */
    private static Optional<Duration> phase(StoredSlice from, StoredSlice next, String name) {
        Long took = next.phaseMillis().get(name);
        return took == null || took.equals(from.phaseMillis().get(name)) ? Optional.empty()
                : Optional.of(Duration.ofMillis(took));
    }
}
