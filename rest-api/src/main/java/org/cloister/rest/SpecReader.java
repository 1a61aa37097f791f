package org.cloister.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceSpec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Reads a body's tree as a specification, or another request. What it means (unknown hosts, ranks out of range) is for
 * the services to judge; here it is about fields and their types.
 */
final class SpecReader {

    private SpecReader() {
    }

    /**
     * Returns the specification.
     *
     * @throws RefusedException {@code invalid-request} with pointer and value of what is wrong
     */
    static SliceSpec read(JsonNode tree) {
        return read(tree, SliceSpec.class);
    }

    /**
     * Returns the request of a type.
     *
     * @throws RefusedException {@code invalid-request} with pointer and value of what is wrong
     */
    static <T> T read(JsonNode tree, Class<T> type) {
        if (!tree.isObject()) {
            throw refused(List.of(Problem.FieldError.of("", BriefValue.of(tree), "must be an object")));
        }
        List<Problem.FieldError> nulls = new ArrayList<>();
        collectNulls(tree, JsonPointer.compile(""), nulls);
        if (!nulls.isEmpty()) {
            throw refused(nulls);
        }
        try {
            return Json.mapper().treeToValue(tree, type);
        } catch (JsonMappingException e) {
            throw refused(MappingErrors.of(e, tree));
        } catch (JsonProcessingException e) {
            throw refused(List.of(Problem.FieldError.of("", BriefValue.of(tree), "not what is asked for here")));
        }
    }

    /** A field may be null, which is as good as absent, but no element of a list and no label. */
    private static void collectNulls(JsonNode node, JsonPointer at, List<Problem.FieldError> errors) {
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            JsonPointer element = at.append(JsonPointer.compile("/" + i));
            if (node.get(i).isNull()) {
                errors.add(Problem.FieldError.of(element.toString(), null, "a list has no null"));
            }
            collectNulls(node.get(i), element, errors);
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonPointer value = at.append(Pointers.field(field.getKey()));
            if (field.getValue().isNull() && at.toString().endsWith("/labels")) {
                errors.add(Problem.FieldError.of(value.toString(), null, "a label is a text"));
            }
            collectNulls(field.getValue(), value, errors);
        }
    }

    private static RefusedException refused(List<Problem.FieldError> errors) {
        ImmutableProblem.Builder problem = Problem.builder().type(ProblemType.INVALID_REQUEST);
        Problem.FieldError first = errors.get(0);
        return new RefusedException(problem.errors(errors)
                .detail((first.pointer().isEmpty() ? "the body" : first.pointer()) + ": " + first.message()).build());
    }
}
