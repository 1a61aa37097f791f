package org.cloister.rest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.isolation.api.Problem;
import org.immutables.value.Value;

import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** The body of every answer that is no success (RFC 9457, {@code application/problem+json}). */
@Value.Immutable
@JsonSerialize(as = ImmutableProblemDocument.class)
@JsonPropertyOrder({"type", "title", "status", "detail", "retryable", "errors", "shortage", "unproven"})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
interface ProblemDocument {

    /** Its media type. */
    MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    /** How long to wait before what failed for lack of something is asked again, in seconds. */
    int RETRY_SECONDS = 5;

    /** The kind of problem: the last segment of its type. */
    @JsonIgnore
    String code();

    /** The kind of problem, a URI reference. */
    @Value.Derived
    default String type() {
        return "/cloister/v1/problems/" + code();
    }

    /** What it means, the same for every occurrence. */
    String title();

    /** The HTTP status. */
    int status();

    /** What happened, for a person. */
    String detail();

    /** Whether the same request may succeed later. */
    boolean retryable();

    /** The offending fields. */
    List<Problem.FieldError> errors();

    /** What is missing, when something is. */
    Optional<Problem.Shortage> shortage();

    /** True for a refusal that rests on a search which ended at its bound; absent if there is nothing to be had. */
    Optional<Boolean> unproven();

    /** Returns the document of a refusal. */
    static ProblemDocument of(Problem problem) {
        return ImmutableProblemDocument.builder()
                .code(problem.type().code()).title(problem.type().title()).status(problem.type().status())
                .detail(problem.detail()).retryable(problem.type().retryable())
                .errors(problem.errors()).shortage(problem.shortage())
                .unproven(problem.unproven() ? Optional.of(true) : Optional.empty()).build();
    }

    /** Returns the document of something that only HTTP knows. */
    static ProblemDocument of(String code, int status, String title, String detail) {
        return ImmutableProblemDocument.builder().code(code).title(title).status(status).detail(detail)
                .retryable(false).build();
    }

    /** Returns the answer; a 503 says when to come back. */
    default Response.ResponseBuilder response() {
        Response.ResponseBuilder response = Response.status(status()).type(MEDIA_TYPE).entity(this);
        return status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()
                ? response.header("Retry-After", RETRY_SECONDS) : response;
    }
}
