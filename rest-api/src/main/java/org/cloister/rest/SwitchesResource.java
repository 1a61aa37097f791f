package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.onlab.osgi.ServiceDirectory;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Configuration;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;

/** The optical switches with their ports; packet switches are in the fabric. For whoever has a role of Cloister. */
@Path("switches")
@Produces(MediaType.APPLICATION_JSON)
public final class SwitchesResource {

    private final ServiceDirectory services;

    /** Takes the services from the application. */
    public SwitchesResource(@Context Configuration application) {
        services = (ServiceDirectory) application.getProperty(CloisterApplication.SERVICES);
    }

    /** Answers all optical switches. */
    @GET
    public Response switches(@Context UriInfo uri, @Context HttpHeaders headers) {
        Query.of(uri);
        return SeenVersion.answer(headers,
                ImmutableOpticalSwitchList.builder().items(Optics.of(services).view().switches()).build());
    }

    /** Answers one optical switch. */
    @GET
    @Path("{name}")
    public Response opticalSwitch(@PathParam("name") String name, @Context UriInfo uri, @Context HttpHeaders headers) {
        Query.of(uri);
        return SeenVersion.answer(headers, Optics.of(services).view().switches().stream()
                .filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new RefusedException(Problem.of(ProblemType.NOT_FOUND,
                        "there is no optical switch '" + name + "'"))));
    }
}
