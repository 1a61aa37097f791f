package org.cloister.isolation.control.environment;

import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;

/** Tells failures of the store from others. */
public final class StoreSilence {

    private StoreSilence() {
    }

    /** Returns whether a failure comes from a store that does not answer. */
    public static boolean caused(Throwable failure) {
        return failure instanceof RefusedException
                && ((RefusedException) failure).problem().type() == ProblemType.STORE_UNAVAILABLE;
    }
}
