package org.cloister.rest;

import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.onlab.osgi.ServiceDirectory;

import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Configuration;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;

/**
 * What is taken out of use. Drains name the slices in their way, so who may not read all slices may not read them.
 * A port's name has a slash, {@code leaf-1/5}, which may stand as it is.
 */
@Path("drains")
@Produces(MediaType.APPLICATION_JSON)
public final class DrainsResource {

    /** After what time to look again at what is not drained, in seconds. */
    private static final int LOOK_AGAIN_SECONDS = 1;

    private final ServiceDirectory services;
    private final Resumer resumer;

    /** Takes the services from the application. */
    public DrainsResource(@Context Configuration application) {
        services = (ServiceDirectory) application.getProperty(CloisterApplication.SERVICES);
        resumer = (Resumer) application.getProperty(CloisterApplication.RESUMER);
    }

    /** Answers all drains. */
    @GET
    public DrainList drains(@Context UriInfo uri, @Context SecurityContext security) {
        Caller.of(security).mustSeeAll();
        Query.of(uri);
        return ImmutableDrainList.builder().items(services.get(DrainService.class).drains()).build();
    }

    /** Answers one drain. */
    @GET
    @Path("{name: .+}")
    public Drain drain(@PathParam("name") String name, @Context UriInfo uri, @Context SecurityContext security) {
        Caller.of(security).mustSeeAll();
        Query.of(uri);
        return services.get(DrainService.class).drains().stream().filter(drain -> drain.name().equals(name))
                .findFirst().orElseThrow(() -> new RefusedException(Problem.of(ProblemType.NOT_FOUND,
                        "'" + name + "' is not drained")));
    }

    /** Takes something out of use: 200 when nobody holds it any more, 202 as long as slices are moving away. */
    @PUT
    @Path("{name: .+}")
    public void drain(@PathParam("name") String name, @Context UriInfo uri, @Context HttpHeaders headers,
                      @Context SecurityContext security, @Suspended AsyncResponse response) {
        Caller.of(security).mustAdminister();
        Preconditions.refuse(headers);
        Query.of(uri);
        resumer.answer(response, resumer.decided(services.get(DrainService.class).drain(name)).thenApply(drain ->
                drain.drained() ? Response.ok(drain).build()
                        : Response.accepted(drain).location(uri.getRequestUri())
                                .header(HttpHeaders.RETRY_AFTER, LOOK_AGAIN_SECONDS).build()));
    }

    /** Puts it back into use. */
    @DELETE
    @Path("{name: .+}")
    public void undrain(@PathParam("name") String name, @Context UriInfo uri, @Context HttpHeaders headers,
                        @Context SecurityContext security, @Suspended AsyncResponse response) {
        Caller.of(security).mustAdminister();
        Preconditions.refuse(headers);
        Query.of(uri);
        resumer.answer(response, resumer.decided(services.get(DrainService.class).undrain(name))
                .thenApply(drain -> Response.noContent().build()));
    }
}
