package org.cloister.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.cloister.isolation.api.Json;

import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import java.util.UUID;

/**
 * ETags made of what a caller sees, and of nothing else: one made of the whole would let a hidden name be guessed, and
 * would not change with what changes too often to have a version, such as measured power.
 */
final class SeenVersion {

    private SeenVersion() {
    }

    /** Returns the version of a value that has a JSON form. */
    static String of(Object seen) {
        try {
            return UUID.nameUUIDFromBytes(Json.mapper().writeValueAsBytes(seen)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer without JSON form", e);
        }
    }

    /** Answers 200 with what is seen, or 304 if it is what {@code If-None-Match} names. */
    static Response answer(HttpHeaders headers, Object seen) {
        String version = of(seen);
        return (SliceTags.isKnown(headers, version) ? Response.notModified() : Response.ok(seen))
                .tag(new EntityTag(version)).build();
    }
}
