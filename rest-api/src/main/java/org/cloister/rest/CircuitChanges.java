package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.DirectCircuits;
import org.cloister.ocs.api.SeenPlan;

import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import static java.util.concurrent.CompletableFuture.completedFuture;

/** Circuits by hand, answered once they are made or gone, or once the caller has waited long enough. */
final class CircuitChanges {

    /** After what time to look again at what is not done, in seconds. */
    private static final int LOOK_AGAIN_SECONDS = 1;

    private final CircuitService circuits;
    private final DirectCircuits direct;
    private final Resumer resumer;
    private final CircuitPath path;
    private final URI location;

    CircuitChanges(CircuitService circuits, Resumer resumer, CircuitPath path, URI location) {
        this.circuits = circuits;
        this.direct = new DirectCircuits(circuits);
        this.resumer = resumer;
        this.path = path;
        this.location = location;
    }

    /** Answers 200 with what would be changed. */
    SeenPlan plan() {
        return SeenPlan.of(asked(() -> direct.plan(path.circuit())));
    }

    /** Answers 201 if the circuit is asked for and carries light in time, 200 if it did before, 202 if it does not yet. */
    CompletableFuture<Response> put(Duration wait) {
        boolean known = direct.demand(path.circuit()).filter(each -> each.phase() != DemandPhase.FAILED).isPresent();
        CompletableFuture<DemandStatus> decided = asked(() -> direct.connect(path.circuit()));
        return ended(decided, wait).thenApply(inTime -> {
            if (!inTime) {
                return accepted();
            }
            DemandStatus demand = decided.join();
            if (demand.phase() == DemandPhase.FAILED) {
                throw new RefusedException(Problem.of(ProblemType.INSTALLATION_FAILED, "circuit " + path.circuit()
                        + " could not be made: " + demand.reason().orElse("no reason is known")));
            }
            return (known ? Response.ok() : Response.created(location)).entity(direct.asked(path.circuit())).build();
        });
    }

    /** Answers 204 if the circuit is gone in time, 202 if not. */
    CompletableFuture<Response> remove(Duration wait) {
        Optional<CompletableFuture<Boolean>> gone = asked(() -> direct.disconnect(path.circuit()));
        return ended(gone.orElseThrow(path::notFound), wait)
                .thenApply(inTime -> inTime ? Response.noContent().build() : accepted());
    }

    private Response accepted() {
        return Response.accepted(direct.asked(path.circuit())).location(location)
                .header(HttpHeaders.RETRY_AFTER, LOOK_AGAIN_SECONDS).build();
    }

    /** Returns whether something ended in time; it is not waited for any more then. */
    private CompletableFuture<Boolean> ended(CompletableFuture<?> end, Duration wait) {
        if (wait.isZero()) {
            boolean done = end.isDone();
            end.cancel(false);
            return completedFuture(done);
        }
        return resumer.completed(end, wait);
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (CircuitRefusedException e) {
            throw path.refused(e, circuits.view());
        }
    }
}
