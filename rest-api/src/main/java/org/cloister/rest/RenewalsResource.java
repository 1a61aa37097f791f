package org.cloister.rest;

import org.cloister.isolation.api.Label;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A scheduler's live set: all of its leases renewed in one request, which tells it what it has lost and what it has
 * forgotten. Slices of others are unknown here; an administrator's set may have those of all owners.
 */
@Path("renew")
@Produces(MediaType.APPLICATION_JSON)
public final class RenewalsResource {

    private final ServiceDirectory services;
    private final Resumer resumer;

    /** Takes the services from the application. */
    public RenewalsResource(@Context Configuration application) {
        services = (ServiceDirectory) application.getProperty(CloisterApplication.SERVICES);
        resumer = (Resumer) application.getProperty(CloisterApplication.RESUMER);
    }

    /** Renews; removes nothing. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void renew(@Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security,
                      InputStream body, @Suspended AsyncResponse response) throws IOException {
        Query.of(uri);
        Preconditions.refuse(headers);
        LiveSet set = SpecReader.read(JsonTree.read(Body.read(body, headers)), LiveSet.class);
        Label label = parsed("/label", set.label(), Label::of);
        Set<SliceId> ids = new TreeSet<>();
        for (int i = 0; i < set.slices().size(); i++) {
            ids.add(parsed("/slices/" + i, set.slices().get(i), SliceId::of));
        }
        Caller caller = Caller.of(security);
        resumer.answer(response, resumer.decided(services.get(SliceAdminService.class).renew(
                caller.administers() ? Optional.empty() : Optional.of(caller.name()), label, ids)));
    }

    private static <T> T parsed(String pointer, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Problem.of(ProblemType.INVALID_REQUEST, pointer, text, e.getMessage()));
        }
    }
}
