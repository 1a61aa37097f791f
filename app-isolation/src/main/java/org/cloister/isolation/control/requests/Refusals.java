package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.control.environment.StoreSilence;
import org.cloister.isolation.metrics.ControlMetrics;

/** Tells monitoring of refused requests. */
public final class Refusals {

    private Refusals() {
    }

    /** Counts a request's failure, if it is one that says no; null for none. */
    public static void tell(ControlMetrics metrics, Throwable failure) {
        if (failure instanceof RefusedException) {
            metrics.refused(((RefusedException) failure).problem().type());
            if (StoreSilence.caused(failure)) {
                metrics.storeError();
            }
        } else if (failure != null && failure.getCause() instanceof RefusedException) {
            tell(metrics, failure.getCause());
        }
    }
}
