package org.cloister.rest;

import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceSpec;
import org.onlab.osgi.ServiceDirectory;

import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Configuration;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Requests compared before one of them is made: what each would get now. Nothing is stored. */
@Path("plans")
@Produces(MediaType.APPLICATION_JSON)
public final class PlansResource {

    private static final int MOST_CANDIDATES = 100;

    private final ServiceDirectory services;
    private final Resumer resumer;

    /** Takes the services from the application. */
    public PlansResource(@Context Configuration application) {
        services = (ServiceDirectory) application.getProperty(CloisterApplication.SERVICES);
        resumer = (Resumer) application.getProperty(CloisterApplication.RESUMER);
    }

    /** Answers a plan for each candidate. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void plans(@Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security,
                      InputStream body, @Suspended AsyncResponse response) throws IOException {
        Query.of(uri);
        Preconditions.refuse(headers);
        List<SliceSpec> candidates = SpecReader.read(JsonTree.read(Body.read(body, headers)), Candidates.class)
                .candidates();
        if (candidates.isEmpty() || candidates.size() > MOST_CANDIDATES) {
            throw new RefusedException(Problem.of(ProblemType.INVALID_REQUEST, "/candidates", candidates.size(),
                    "1 to " + MOST_CANDIDATES + " candidates are compared, not " + candidates.size()));
        }
        Caller caller = Caller.of(security);
        resumer.answer(response, resumer.decided(services.get(SliceAdminService.class).plans(candidates))
                .thenApply(plans -> PlansDocument.of(version(plans, caller), plans)));
    }

    /** Those for whom some slices do not exist see other versions of the fabric: the one as of now. */
    private String version(Plans plans, Caller caller) {
        if (caller.seesAll()) {
            return plans.fabricVersion();
        }
        FabricView fabric = services.get(FabricService.class).fabric();
        return VisibleFabric.of(fabric, services.get(SliceAdminService.class).slices(), caller).version();
    }
}
