package org.cloister.rest;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;

/** The description of this interface (OpenAPI 3.1) in two forms: the one that people edit, and JSON made of it. */
@Path("")
public final class OpenApiResource {

    /** RFC 9512. */
    static final String YAML = "application/yaml";

    /** Answers the document as it was written. */
    @GET
    @Path("openapi.yaml")
    @Produces(YAML)
    public byte[] yaml(@Context UriInfo uri) throws IOException {
        Query.of(uri);
        return bytes("cloister-v1.yaml");
    }

    /** Answers the document in JSON. */
    @GET
    @Path("openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] json(@Context UriInfo uri) throws IOException {
        Query.of(uri);
        return bytes("cloister-v1.json");
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream document = OpenApiResource.class.getResourceAsStream(name)) {
            return document.readAllBytes();
        }
    }
}
