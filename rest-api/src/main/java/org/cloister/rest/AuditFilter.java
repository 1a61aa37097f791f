package org.cloister.rest;

import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Slice;
import org.cloister.ocs.api.SeenCircuit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.ws.rs.HttpMethod;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import java.security.Principal;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line to the logger {@code org.cloister.audit} for every write that was answered, refused ones included:
 * {@code principal="slurm" verb=PUT slice="slurma-4711" result=201 reason="ACTIVE"}. Texts are JSON strings: a line
 * feed in a path cannot forge a line.
 */
public final class AuditFilter implements ContainerResponseFilter {

    static final String LOGGER = "org.cloister.audit";

    private static final Logger AUDIT = LoggerFactory.getLogger(LOGGER);
    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Pattern SLICE = Pattern.compile("slices/([^/]*).*", Pattern.DOTALL);

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (READING.contains(request.getMethod())) {
            return;
        }
        Principal principal = request.getSecurityContext().getUserPrincipal();
        AUDIT.info("principal={} verb={} slice={} result={} reason={}",
                quoted(principal == null ? "" : principal.getName()), request.getMethod(),
                quoted(slice(request.getUriInfo().getPath())), response.getStatus(), quoted(reason(response)));
    }

    /** Returns the slice that a path is about, or the path. */
    private static String slice(String path) {
        Matcher matcher = SLICE.matcher(path);
        return matcher.matches() ? matcher.group(1) : path;
    }

    private static String reason(ContainerResponseContext response) {
        Object entity = response.getEntity();
        if (entity instanceof Slice) {
            return ((Slice) entity).state().toString();
        }
        if (entity instanceof Drain) {
            return "moving: " + ((Drain) entity).slices();
        }
        if (entity instanceof SeenCircuit) {
            SeenCircuit circuit = (SeenCircuit) entity;
            return circuit.demand().map(demand -> demand.phase().toString()).orElse(circuit.state().toString());
        }
        if (entity instanceof ProblemDocument) {
            ProblemDocument problem = (ProblemDocument) entity;
            return problem.code() + ": " + problem.detail();
        }
        return "";
    }

    private static String quoted(String text) {
        return Json.mapper().valueToTree(text).toString();
    }
}
