package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;

import javax.ws.rs.core.HttpHeaders;
import java.util.List;

/** Preconditions of resources that have no ETag. */
final class Preconditions {

    private Preconditions() {
    }

    /** Refuses preconditions: one that is passed over in silence is worse. */
    static void refuse(HttpHeaders headers) {
        for (String name : List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)) {
            String value = headers.getHeaderString(name);
            if (value != null) {
                throw new RefusedException(Problem.of(ProblemType.NOT_SUPPORTED, name, value,
                        name + " is not supported"));
            }
        }
    }
}
