package org.cloister.rest;

import org.cloister.isolation.api.RefusedException;

import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;

/** A refusal becomes its problem. */
public final class RefusedMapper implements ExceptionMapper<RefusedException> {

    @Override
    public Response toResponse(RefusedException refused) {
        return ProblemDocument.of(refused.problem()).response().build();
    }
}
