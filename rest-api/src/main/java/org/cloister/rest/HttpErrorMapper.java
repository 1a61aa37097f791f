package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;

import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Request;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import javax.ws.rs.ext.ExceptionMapper;
import java.util.List;

/** What JAX-RS and the access filter refuse becomes a problem; headers such as {@code Allow} stay. */
public final class HttpErrorMapper implements ExceptionMapper<WebApplicationException> {

    private static final List<String> KEPT = List.of(HttpHeaders.ALLOW, HttpHeaders.WWW_AUTHENTICATE);

    @Context
    private Request request;
    @Context
    private UriInfo uri;
    @Context
    private HttpHeaders headers;

    @Override
    public Response toResponse(WebApplicationException error) {
        Response response = error.getResponse();
        if (response.getStatusInfo().getFamily() == Response.Status.Family.REDIRECTION) {
            return response;
        }
        Response.ResponseBuilder answer = document(error, response.getStatus()).response();
        for (String header : KEPT) {
            response.getStringHeaders().getOrDefault(header, List.of()).forEach(v -> answer.header(header, v));
        }
        return answer.build();
    }

    private ProblemDocument document(WebApplicationException error, int status) {
        switch (status) {
            case 401:
                return ProblemDocument.of("unauthenticated", status, "Authentication is needed", error.getMessage());
            case 403:
                return ProblemDocument.of("forbidden", status, "The user lacks a role", error.getMessage());
            case 404:
                return ProblemDocument.of(Problem.of(ProblemType.NOT_FOUND,
                        "there is no resource '" + uri.getPath() + "'"));
            case 405:
                return ProblemDocument.of("method-not-allowed", status, "The resource does not know this method",
                        request.getMethod() + " is not a method of '" + uri.getPath() + "'");
            case 406:
                return ProblemDocument.of("not-acceptable", status, "No acceptable media type",
                        "no answer of '" + uri.getPath() + "' is '" + headers.getHeaderString(HttpHeaders.ACCEPT) + "'");
            case 415:
                return ProblemDocument.of("unsupported-media-type", status, "The body is of another media type",
                        "bodies are application/json, this is '"
                                + headers.getHeaderString(HttpHeaders.CONTENT_TYPE) + "'");
            default:
                return status < 500
                        ? ProblemDocument.of(Problem.of(ProblemType.INVALID_REQUEST, "the request is malformed"))
                        : UnexpectedMapper.document(error);
        }
    }
}
