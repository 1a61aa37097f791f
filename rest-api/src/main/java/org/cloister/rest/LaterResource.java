package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;

import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;

/** What the interface names and this version does not do: told apart from what does not exist, whatever the body. */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class LaterResource {

    /** Optical state. */
    @GET
    @Path("switches{rest: (/.*)?}")
    public Response switches() {
        throw notSupported("optical switching");
    }

    /** Optical state. */
    @GET
    @Path("circuits{rest: (/.*)?}")
    public Response circuits() {
        throw notSupported("optical switching");
    }

    /** A circuit by hand. */
    @PUT
    @Path("circuits{rest: (/.*)?}")
    public Response connect(@Context SecurityContext security) {
        Caller.of(security).mustAdminister();
        throw notSupported("optical switching");
    }

    /** A circuit by hand. */
    @DELETE
    @Path("circuits{rest: (/.*)?}")
    public Response disconnect(@Context SecurityContext security) {
        return connect(security);
    }

    static RefusedException notSupported(String what) {
        return new RefusedException(Problem.of(ProblemType.NOT_SUPPORTED, what + " is not supported"));
    }
}
