package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceService;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.Verification;
import org.cloister.isolation.api.VerificationService;
import org.onlab.osgi.ServiceDirectory;

import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Slices. One that the caller may not see does not exist for them: 404. */
@Path("slices")
@Produces(MediaType.APPLICATION_JSON)
public final class SlicesResource {

    private static final int MOST_WAIT_SECONDS = 60;
    private static final String OWNER = "owner";

    private final ServiceDirectory services;
    private final Resumer resumer;

    /** Takes the services from the application. */
    public SlicesResource(@Context Configuration application) {
        services = (ServiceDirectory) application.getProperty(CloisterApplication.SERVICES);
        resumer = (Resumer) application.getProperty(CloisterApplication.RESUMER);
    }

    /** Answers a part of the slices that the caller sees. */
    @GET
    public SlicePage slices(@Context UriInfo uri, @Context SecurityContext security) {
        SliceListing listing = new SliceListing(Query.of(uri, SliceListing.PARAMETERS));
        Caller caller = Caller.of(security);
        List<Slice> visible = services.get(SliceService.class).slices().stream()
                .filter(caller::sees).collect(Collectors.toList());
        return listing.of(visible);
    }

    /** Answers one slice, or 304 if it has the generation still that {@code If-None-Match} names. */
    @GET
    @Path("{id}")
    public Response slice(@PathParam("id") String text, @Context UriInfo uri, @Context HttpHeaders headers,
                          @Context SecurityContext security) {
        SliceId id = id(text);
        Query.of(uri);
        Slice slice = visible(id, security);
        return SliceTags.on(SliceTags.isKnown(headers, slice) ? Response.notModified() : Response.ok(slice), slice)
                .build();
    }

    /** Answers how what a slice needs on its switches compares with what they hold. */
    @GET
    @Path("{id}/verification")
    public Verification verification(@PathParam("id") String text, @Context UriInfo uri,
                                     @Context SecurityContext security) {
        SliceId id = id(text);
        Query.of(uri);
        return services.get(VerificationService.class).verify(visible(id, security).id());
    }

    /** Asks for a slice, or only what it would be. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public void put(@PathParam("id") String text, @Context UriInfo uri, @Context HttpHeaders headers,
                    @Context SecurityContext security, InputStream body, @Suspended AsyncResponse response)
            throws IOException {
        SliceId id = id(text);
        Precondition precondition = SliceTags.ofPut(headers);
        Query query = Query.of(uri, "wait", "dryRun", OWNER);
        Duration wait = wait(query);
        boolean dryRun = query.flag("dryRun");
        Caller caller = Caller.of(security);
        Optional<String> asked = owner(query, caller);
        JsonNode tree = JsonTree.read(Body.read(body, headers));
        SliceSpec spec = SpecReader.read(tree);

        SliceAdminService slices = services.get(SliceAdminService.class);
        Optional<Slice> present = slices.slice(id);
        refuseOthers(present, caller);
        // what an administrator changes stays its owner's
        String owner = asked.orElseGet(() -> present.map(Slice::owner).orElse(caller.name()));
        SliceChanges changes = new SliceChanges(slices, resumer);
        resumer.answer(response, dryRun ? changes.plan(id, spec, owner, precondition)
                : changes.put(id, spec, owner, precondition, wait));
    }

    /** Removes a slice. */
    @DELETE
    @Path("{id}")
    public void remove(@PathParam("id") String text, @Context UriInfo uri, @Context HttpHeaders headers,
                       @Context SecurityContext security, @Suspended AsyncResponse response) {
        SliceId id = id(text);
        Precondition precondition = SliceTags.ofDelete(headers);
        Duration wait = wait(Query.of(uri, "wait"));
        SliceAdminService slices = services.get(SliceAdminService.class);
        refuseOthers(slices.slice(id), Caller.of(security));
        resumer.answer(response, new SliceChanges(slices, resumer).remove(id, precondition, wait));
    }

    /** Lets a slice live for a time from now. */
    @POST
    @Path("{id}/renew")
    @Consumes(MediaType.APPLICATION_JSON)
    public void renew(@PathParam("id") String text, @Context UriInfo uri, @Context HttpHeaders headers,
                      @Context SecurityContext security, InputStream body, @Suspended AsyncResponse response)
            throws IOException {
        SliceId id = id(text);
        Query.of(uri);
        Preconditions.refuse(headers);
        LeaseRequest asked = SpecReader.read(JsonTree.read(Body.read(body, headers)), LeaseRequest.class);
        SliceAdminService slices = services.get(SliceAdminService.class);
        refuseOthers(slices.slice(id), Caller.of(security));
        resumer.answer(response, resumer.decided(slices.renew(id, asked.leaseSeconds())));
    }

    /** Administrators ask for others' slices, too: to restore them. */
    private static Optional<String> owner(Query query, Caller caller) {
        Optional<String> owner = query.parsed(OWNER, "a user's name", name -> {
            if (name.isBlank()) {
                throw new IllegalArgumentException();
            }
            return name;
        });
        owner.filter(name -> !name.equals(caller.name())).ifPresent(name -> caller.mustAdminister());
        return owner;
    }

    private Slice visible(SliceId id, SecurityContext security) {
        return services.get(SliceService.class).slice(id).filter(Caller.of(security)::sees)
                .orElseThrow(() -> SliceChanges.notFound(id));
    }

    private static SliceId id(String text) {
        try {
            return SliceId.of(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Problem.of(ProblemType.INVALID_REQUEST, "id", text, e.getMessage()));
        }
    }

    private static Duration wait(Query query) {
        return Duration.ofSeconds(query.number("wait", 0, MOST_WAIT_SECONDS, 0));
    }

    private static void refuseOthers(Optional<Slice> slice, Caller caller) {
        slice.filter(present -> !caller.owns(present)).ifPresent(present -> {
            throw SliceChanges.notFound(present.id());
        });
    }
}
