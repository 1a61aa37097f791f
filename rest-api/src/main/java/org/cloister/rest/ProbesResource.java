package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.ReadinessService;
import org.cloister.isolation.api.RefusedException;
import org.onlab.osgi.ServiceDirectory;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Configuration;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;

/** What load balancers and monitors ask without credentials; it reveals no name of anything. */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class ProbesResource {

    /** The paths that may be read without credentials; {@code web.xml} opens the same. */
    static final Set<String> PATHS = Set.of("health", "ready");

    private final ServiceDirectory services;

    /** Takes the services from the application. */
    public ProbesResource(@Context Configuration application) {
        services = (ServiceDirectory) application.getProperty(CloisterApplication.SERVICES);
    }

    /** Answers 200: this bundle is there, whatever it needs. */
    @GET
    @Path("health")
    public ProbeResult health(@Context UriInfo uri) {
        Query.of(uri);
        return ProbeResult.PASS;
    }

    /** Answers 200 if slices can be asked for, else 503 with what is missing. */
    @GET
    @Path("ready")
    public ProbeResult ready(@Context UriInfo uri) {
        Query.of(uri);
        List<String> missing = services.get(ReadinessService.class).missing();
        if (!missing.isEmpty()) {
            throw new RefusedException(Problem.of(ProblemType.NOT_READY, String.join("; ", missing)));
        }
        return ProbeResult.PASS;
    }
}
