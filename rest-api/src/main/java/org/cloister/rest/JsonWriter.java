package org.cloister.rest;

import org.cloister.isolation.api.Json;

import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Writes every body in the API's one JSON form. */
@Produces({MediaType.APPLICATION_JSON, "application/problem+json"})
public final class JsonWriter implements MessageBodyWriter<Object> {

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return true;
    }

    @Override
    public void writeTo(Object value, Class<?> type, Type generic, Annotation[] annotations, MediaType media,
                        MultivaluedMap<String, Object> headers, OutputStream out) throws IOException {
        // in one piece: an error half way through a body could not be told any more
        out.write(Json.mapper().writeValueAsBytes(value));
    }
}
