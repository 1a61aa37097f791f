package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.ocs.api.CircuitService;
import org.onlab.osgi.ServiceDirectory;
import org.onlab.osgi.ServiceNotFoundException;

/** The part of Cloister that knows optical switches; slices are served without it, too. */
final class Optics {

    private Optics() {
    }

    /**
     * Returns the service of circuits.
     *
     * @throws RefusedException {@code not-ready} while nobody offers it
     */
    static CircuitService of(ServiceDirectory services) {
        try {
            return services.get(CircuitService.class);
        } catch (ServiceNotFoundException e) {
            throw new RefusedException(Problem.of(ProblemType.NOT_READY,
                    "what manages optical switches is not active on this node"));
        }
    }
}
