package org.cloister.ocs.control;

import org.cloister.ocs.store.ImmutableStoredDemand;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDemand;

import java.util.Optional;

/**
 * A demand for which nothing can be decided: another version may have written its document. Its circuits stay as they
 * are, its reason says so, and other demands are not held up by it.
 */
final class Undecidable {

    private static final String WHAT = "nothing can be decided for what is stored: ";

    private Undecidable() {
    }

    /** Decides for a demand; of a decision that breaks off nothing is done. */
    static void guard(Pass pass, Stored<StoredDemand> at, Runnable decision) {
        int before = pass.operations.size();
        StoredDemand demand = at.value();
        try {
            decision.run();
        } catch (RuntimeException e) {
            pass.operations.subList(before, pass.operations.size()).clear();
            Optional<String> reason = Optional.of(WHAT + e);
            // said once: the document keeps it, for the next leader, too
            if (!demand.reason().equals(reason)) {
                pass.operations.add(Operation.inside(visitor -> visitor.undecidable(demand.owner(), e)));
                pass.write(at, ImmutableStoredDemand.copyOf(demand).withReason(reason));
            }
            return;
        }
        boolean idle = pass.operations.stream().skip(before).noneMatch(Operation::changes);
        if (idle && demand.reason().filter(why -> why.startsWith(WHAT)).isPresent()) {
            pass.write(at, ImmutableStoredDemand.copyOf(demand).withReason(Optional.empty()));
        }
    }
}
