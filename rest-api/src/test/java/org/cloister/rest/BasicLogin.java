package org.cloister.rest;

import javax.annotation.Priority;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;
import javax.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Stands in for the container's login. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class BasicLogin implements ContainerRequestFilter {

    private static final Map<String, Set<String>> ROLES = Map.of(
            "slurm", Set.of("cloister-schedule"),
            "kueue", Set.of("cloister-schedule"),
            "reader", Set.of("cloister-read"),
            "boss", Set.of("cloister-admin"),
            "onos", Set.of("admin", "viewer"),
            "guest", Set.of("viewer"));

    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString("Authorization");
        if (header == null) {
            return;
        }
        String user = new String(Base64.getDecoder().decode(header.substring("Basic ".length())),
                StandardCharsets.UTF_8).split(":")[0];
        request.setSecurityContext(new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return () -> user;
            }

            @Override
            public boolean isUserInRole(String role) {
                return ROLES.get(user).contains(role);
            }

            @Override
            public boolean isSecure() {
                return false;
            }

            @Override
            public String getAuthenticationScheme() {
                return BASIC_AUTH;
            }
        });
    }
}
