package org.cloister.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonMappingException;

import java.util.List;

/** RFC 6901 pointers. */
final class Pointers {

    private Pointers() {
    }

    /** Returns the pointer to a field of the root. */
    static JsonPointer field(String name) {
        return JsonPointer.compile("/" + name.replace("~", "~0").replace("/", "~1"));
    }

    /** Returns the pointer of a path of Jackson's. */
    static JsonPointer of(List<JsonMappingException.Reference> path) {
        JsonPointer pointer = JsonPointer.compile("");
        for (JsonMappingException.Reference step : path) {
            if (step.getFieldName() != null) {
                pointer = pointer.append(field(step.getFieldName()));
            } else if (step.getIndex() >= 0) {
                pointer = pointer.append(JsonPointer.compile("/" + step.getIndex()));
            }
        }
        return pointer;
    }
}
