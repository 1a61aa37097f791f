package org.cloister.ocs.store;

import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.cloister.runtime.TextMaps;

import java.util.function.Supplier;

/** Calls of distributed maps. */
final class StoreCalls {

    private StoreCalls() {
    }

    /** Returns what a map answers; throws {@link Reason#STORE} if it does not. */
    static <T> T ask(String map, Supplier<T> call) {
        return TextMaps.ask(map, call, silence -> new CircuitRefusedException(Reason.STORE, silence));
    }
}
