package org.cloister.rest;

import org.onlab.osgi.DefaultServiceDirectory;
import org.onlab.osgi.ServiceDirectory;

import javax.ws.rs.core.Application;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What the servlet serves; named in {@code web.xml}.
 *
 * <p>Not ONOS's {@code AbstractWebApplication}: that one brings ONOS's filter, whose {@code viewer} and
 * {@code admin} also own {@code /onos/v1}, and mappers that put a stack frame into the body.
 */
public final class CloisterApplication extends Application {

    /** Under these names resources find what they share: JAX-RS hands out an application's properties. */
    static final String SERVICES = ServiceDirectory.class.getName();
    static final String RESUMER = Resumer.class.getName();

    /** How long the services may take to decide: longer than they give themselves. */
    private static final Duration DECISION = Duration.ofSeconds(15);

    private final ServiceDirectory services;
    private final Resumer resumer;

    /** Serves the services that OSGi offers at the time of each request. */
    public CloisterApplication() {
        this(new DefaultServiceDirectory(), DECISION);
    }

    /** Serves the given services, which have the given time to decide. */
    CloisterApplication(ServiceDirectory services, Duration decision) {
        this.services = services;
        resumer = new Resumer(decision);
    }

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(FabricResource.class, SlicesResource.class, RenewalsResource.class, PlansResource.class,
                DrainsResource.class, SwitchesResource.class, CircuitsResource.class, OpenApiResource.class,
                ProbesResource.class, MetricsResource.class,
                AccessFilter.class, AuditFilter.class, BareErrorFilter.class, NoBodyReader.class, JsonWriter.class,
                RefusedMapper.class, HttpErrorMapper.class, UnexpectedMapper.class);
    }

    @Override
    public Set<Object> getSingletons() {
        return Set.of(resumer);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                SERVICES, services,
                RESUMER, resumer,
                // no description of resources that nobody asked for
                "jersey.config.server.wadl.disableWadl", true,
                // the container's own error page would replace the problem
                "jersey.config.server.response.setStatusOverSendError", true);
    }
}
