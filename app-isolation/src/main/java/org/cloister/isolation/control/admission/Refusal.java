package org.cloister.isolation.control.admission;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Plan;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers a request with no. The answer is written into the request's document, where the node that waits for it
 * finds it and removes it; if nobody does, it goes after a while.
 */
public final class Refusal {

    private Refusal() {
    }

    /** Returns whether a request was answered before, and plans the end of an answer that nobody reads. */
    public static boolean answered(Plan plan, VersionedSlice from, Instant now) {
        if (from.slice().refusal().isEmpty()) {
            return false;
        }
        if (late(from.slice(), now)) {
            plan.write(new Operation.Drop(from));
        } else {
            from.slice().deadline().ifPresent(plan::wake);
        }
        return true;
    }

    /** Returns why a request comes too late to be decided on: whoever asked has given up. */
    static Optional<Problem> tooLate(VersionedSlice from, Instant now) {
        return late(from.slice(), now) ? Optional.of(Problem.of(ProblemType.NOT_READY,
                "slice " + from.id() + " was not decided on in time")) : Optional.empty();
    }

    /** Plans the answer; it goes if nobody reads it within a time. */
    public static void plan(Plan plan, VersionedSlice from, Problem problem, Instant now, Duration readWithin) {
        plan.write(new Operation.Write(from, StoredSlice.builder(from.slice())
                .refusal(problem).deadline(now.plus(readWithin)).build()));
    }

    private static boolean late(StoredSlice slice, Instant now) {
        return slice.deadline().filter(deadline -> deadline.isAfter(now)).isEmpty();
    }
}
