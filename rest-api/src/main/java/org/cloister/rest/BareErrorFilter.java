package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;

import javax.annotation.Priority;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import java.lang.annotation.Annotation;

/**
 * Gives a problem to refusals that have none: what Jersey cannot read of a request's headers, such as a Content-Type
 * that is none, it answers by itself without asking any mapper.
 */
@Priority(BareErrorFilter.BEFORE_AUDIT)
public final class BareErrorFilter implements ContainerResponseFilter {

    /** Filters of answers run from high to low. */
    static final int BEFORE_AUDIT = 6000;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == 400 && !response.hasEntity()) {
            response.setEntity(ProblemDocument.of(Problem.of(ProblemType.INVALID_REQUEST,
                    "a header of the request is malformed")), new Annotation[0], ProblemDocument.MEDIA_TYPE);
        }
    }
}
