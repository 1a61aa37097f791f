package org.cloister.isolation.store;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.onosproject.store.service.StorageException;

import java.util.function.Supplier;

/** Calls of ONOS's distributed maps. */
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
        try {
            return call.get();
        } catch (StorageException e) {
            throw new RefusedException(Problem.of(ProblemType.STORE_UNAVAILABLE,
                    "the map " + map + " does not answer: " + e));
        }
    }
}
