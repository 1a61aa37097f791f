package org.cloister.ocs.control;

import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.metrics.CircuitMetrics;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredMove;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people and monitoring what a change of a document means. */
final class Transitions {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final CircuitMetrics metrics;

    Transitions(CircuitMetrics metrics) {
        this.metrics = metrics;
    }

    void tell(StoredDemand before, StoredDemand next) {
        DemandPhase phase = next.phase();
        boolean news = before.phase() != phase;
        if (news && phase == DemandPhase.ESTABLISHED) {
            log.info("The {} circuits of {} are established {}", next.circuits().size(), next.owner(),
                    next.phaseMillis());
        } else if (news && (phase == DemandPhase.FAILED || phase == DemandPhase.BROKEN)) {
            log.warn("The circuits of {} are {}: {}", next.owner(), phase, next.reason().orElse(""));
        } else {
            log.debug("The circuits of {} are {}", next.owner(), phase);
        }
        if (before.move().filter(move -> !move.made().isEmpty()).isPresent() && next.move().isEmpty()
                && phase == DemandPhase.ESTABLISHED) {
            metrics.established(next.phaseMillis());
        }
        if (news && phase == DemandPhase.FAILED) {
            metrics.failed();
        }
        if (news && phase == DemandPhase.BROKEN) {
            metrics.broke();
        }
        if (entered(before, next, StoredMove.Step.UNDOING)) {
            metrics.rolledBack();
        }
        if (next.move().filter(move -> move.attempt() > 1).isPresent()
                && before.move().filter(move -> move.attempt() < next.move().get().attempt()).isPresent()) {
            metrics.retried();
        }
    }

    private static boolean entered(StoredDemand before, StoredDemand next, StoredMove.Step step) {
        return next.move().filter(move -> move.step() == step).isPresent()
                && before.move().filter(move -> move.step() == step).isEmpty();
    }
}
