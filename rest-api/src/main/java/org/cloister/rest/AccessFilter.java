package org.cloister.rest;

import javax.ws.rs.ForbiddenException;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.NotAuthorizedException;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;
import java.util.Set;

/**
 * Lets through who has a role for the request's method. It runs before a resource is looked for, so that a stranger
 * does not learn which exist; what concerns one slice is the resources' to decide. The probes are open to everybody.
 */
@PreMatching
public final class AccessFilter implements ContainerRequestFilter {

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public void filter(ContainerRequestContext request) {
        if (READING.contains(request.getMethod()) && ProbesResource.PATHS.contains(request.getUriInfo().getPath())) {
            return;
        }
        if (request.getSecurityContext().getUserPrincipal() == null) {
            throw new NotAuthorizedException("log in first", "Basic realm=\"karaf\"");
        }
        Caller caller = Caller.of(request.getSecurityContext());
        if (READING.contains(request.getMethod()) ? !caller.mayRead() : !caller.mayWrite()) {
            throw new ForbiddenException("user '" + caller.name() + "' has no role that allows "
                    + request.getMethod());
        }
    }
}
