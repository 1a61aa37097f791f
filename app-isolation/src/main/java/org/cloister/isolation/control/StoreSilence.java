package org.cloister.isolation.control;

import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;

/** Tells failures of the store from others. */
final class StoreSilence {

    private StoreSilence() {
    }

    static boolean caused(Throwable failure) {
        return failure instanceof RefusedException
                && ((RefusedException) failure).problem().type() == ProblemType.STORE_UNAVAILABLE;
    }
}
