package org.cloister.rest;

import org.cloister.isolation.api.MetricsService;
import org.cloister.ocs.api.CircuitMetricsService;
import org.onlab.osgi.ServiceDirectory;
import org.onlab.osgi.ServiceNotFoundException;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Configuration;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;

/** Figures for Prometheus. They are of all owners' slices, so who may not read all of these may not read them. */
@Path("metrics")
public final class MetricsResource {

    private final ServiceDirectory services;

    /** Takes the services from the application. */
    public MetricsResource(@Context Configuration application) {
        services = (ServiceDirectory) application.getProperty(CloisterApplication.SERVICES);
    }

    /** Answers this node's figures. */
    @GET
    @Produces(MetricsService.CONTENT_TYPE)
    public byte[] metrics(@Context UriInfo uri, @Context SecurityContext security) {
        Caller.of(security).mustSeeAll();
        Query.of(uri);
        return (services.get(MetricsService.class).prometheusText() + ofCircuits()).getBytes(StandardCharsets.UTF_8);
    }

    private String ofCircuits() {
        try {
            return services.get(CircuitMetricsService.class).prometheusText();
        } catch (ServiceNotFoundException e) {
            return "";
        }
    }
}
