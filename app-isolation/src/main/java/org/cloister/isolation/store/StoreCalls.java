package org.cloister.isolation.store;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.runtime.TextMaps;

import java.util.function.Supplier;

/** Calls of distributed maps. */
final class StoreCalls {

    private StoreCalls() {
    }

    /**
     * Returns what a map answers.
     *
     * @param map its name
     * @throws RefusedException {@code store-unavailable} if it does not answer
     */
    static <T> T ask(String map, Supplier<T> call) {
        return TextMaps.ask(map, call,
                silence -> new RefusedException(Problem.of(ProblemType.STORE_UNAVAILABLE, silence)));
    }
}
