package org.cloister.rest;

import org.cloister.isolation.api.SliceService;
import org.cloister.ocs.api.DirectCircuits;
import org.onlab.osgi.ServiceDirectory;

import javax.ws.rs.Consumes;
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
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Circuits of optical switches: everybody with a role sees them, administrators make and remove some by hand. */
@Path("circuits")
@Produces(MediaType.APPLICATION_JSON)
public final class CircuitsResource {

    private static final int MOST_WAIT_SECONDS = 60;
    private static final String ONE = "{switch}/{port}/{peer}";

    private final ServiceDirectory services;
    private final Resumer resumer;

    /** Takes the services from the application. */
    public CircuitsResource(@Context Configuration application) {
        services = (ServiceDirectory) application.getProperty(CloisterApplication.SERVICES);
        resumer = (Resumer) application.getProperty(CloisterApplication.RESUMER);
    }

    /** Answers a part of the circuits. */
    @GET
    public Response circuits(@Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security) {
        CircuitListing listing = new CircuitListing(Query.of(uri, CircuitListing.PARAMETERS));
        return SeenVersion.answer(headers, listing.of(visible(Caller.of(security)).all()));
    }

    /** Answers one circuit. */
    @GET
    @Path(ONE)
    public Response circuit(@PathParam("switch") String opticalSwitch, @PathParam("port") String port,
                            @PathParam("peer") String peer, @Context UriInfo uri, @Context HttpHeaders headers,
                            @Context SecurityContext security) {
        Query.of(uri);
        CircuitPath path = new CircuitPath(opticalSwitch, port, peer);
        return SeenVersion.answer(headers, visible(Caller.of(security)).of(path.circuit())
                .orElseThrow(path::notFound));
    }

    /** Has a circuit made, or answers what would be changed for it. */
    @PUT
    @Path(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    public void connect(@PathParam("switch") String opticalSwitch, @PathParam("port") String port,
                        @PathParam("peer") String peer, @Context UriInfo uri, @Context HttpHeaders headers,
                        @Context SecurityContext security, InputStream body, @Suspended AsyncResponse response)
            throws IOException {
        Caller.of(security).mustAdminister();
        Preconditions.refuse(headers);
        Query query = Query.of(uri, "wait", "dryRun");
        Duration wait = wait(query);
        boolean dryRun = query.flag("dryRun");
        refuseFields(Body.read(body, headers));
        CircuitChanges changes = changes(new CircuitPath(opticalSwitch, port, peer), uri);
        if (dryRun) {
            response.resume(changes.plan());
        } else {
            resumer.answer(response, changes.put(wait));
        }
    }

    /** Has a circuit removed. */
    @DELETE
    @Path(ONE)
    public void disconnect(@PathParam("switch") String opticalSwitch, @PathParam("port") String port,
                           @PathParam("peer") String peer, @Context UriInfo uri, @Context HttpHeaders headers,
                           @Context SecurityContext security, @Suspended AsyncResponse response) {
        Caller.of(security).mustAdminister();
        Preconditions.refuse(headers);
        Duration wait = wait(Query.of(uri, "wait"));
        resumer.answer(response,
                changes(new CircuitPath(opticalSwitch, port, peer), uri).remove(wait));
    }

    private CircuitChanges changes(CircuitPath path, UriInfo uri) {
        return new CircuitChanges(Optics.of(services), resumer, path, uri.getAbsolutePath());
    }

    private VisibleCircuits visible(Caller caller) {
        return new VisibleCircuits(new DirectCircuits(Optics.of(services)),
                () -> services.get(SliceService.class).slices(), caller);
    }

    private static void refuseFields(byte[] body) throws IOException {
        if (body.length > 0) {
            SpecReader.read(JsonTree.read(body), NoFields.class);
        }
    }

    private static Duration wait(Query query) {
        return Duration.ofSeconds(query.number("wait", 0, MOST_WAIT_SECONDS, 0));
    }
}
