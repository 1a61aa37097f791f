package org.cloister.rest;

import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.SliceService;
import org.onlab.osgi.ServiceDirectory;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Configuration;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;

/** The fabric: whoever has a role of Cloister sees it, without the names of slices that do not exist for them. */
@Path("fabric")
@Produces(MediaType.APPLICATION_JSON)
public final class FabricResource {

    private final ServiceDirectory services;

    /** Takes the services from the application. */
    public FabricResource(@Context Configuration application) {
        services = (ServiceDirectory) application.getProperty(CloisterApplication.SERVICES);
    }

    /** Answers 200 with the fabric, or 304 if it is still the version that {@code If-None-Match} names. */
    @GET
    public Response fabric(@Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security) {
        Query.of(uri);
        FabricView fabric = VisibleFabric.of(services.get(FabricService.class).fabric(),
                services.get(SliceService.class).slices(), Caller.of(security));
        return (SliceTags.isKnown(headers, fabric.version()) ? Response.notModified() : Response.ok(fabric))
                .tag(new EntityTag(fabric.version())).build();
    }
}
