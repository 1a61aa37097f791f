package org.cloister.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Problem;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what Jackson did not like in words that name no class. */
final class MappingErrors {

    /** How the immutable values' builders name what they lack. */
    private static final Pattern MISSING = Pattern.compile("required attributes are not set \\[(.*)]");

    private MappingErrors() {
    }

    /** Returns the errors, at least one, with the values that the tree holds. */
    static List<Problem.FieldError> of(JsonMappingException error, JsonNode tree) {
        JsonPointer pointer = Pointers.of(error.getPath());
        List<Problem.FieldError> missing = missing(error, pointer);
        if (!missing.isEmpty()) {
            return missing;
        }
        JsonNode value = tree.at(pointer);
        if (value.isArray() && expected(error) == String.class) {
            // for a list of texts Jackson does not say which
            int index = 0;
            while (index < value.size() - 1 && value.get(index).isTextual()) {
                index++;
            }
            pointer = pointer.append(JsonPointer.compile("/" + index));
            value = tree.at(pointer);
        }
        return List.of(Problem.FieldError.of(pointer.toString(), BriefValue.of(value), message(error, value)));
    }

    private static List<Problem.FieldError> missing(JsonMappingException error, JsonPointer pointer) {
        if (!(error.getCause() instanceof IllegalStateException)) {
            return List.of();
        }
        Matcher matcher = MISSING.matcher(String.valueOf(error.getCause().getMessage()));
        return !matcher.find() ? List.of() : Arrays.stream(matcher.group(1).split(", "))
                .map(name -> Problem.FieldError.of(pointer.append(Pointers.field(name)).toString(), null,
                        "field '" + name + "' is missing"))
                .collect(Collectors.toUnmodifiableList());
    }

    private static String message(JsonMappingException error, JsonNode value) {
        if (error instanceof UnrecognizedPropertyException) {
            UnrecognizedPropertyException unknown = (UnrecognizedPropertyException) error;
            return "unknown field '" + unknown.getPropertyName() + "'; known here are "
                    + unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted()
                            .collect(Collectors.joining(", "));
        }
        if (error.getCause() instanceof InputCoercionException) {
            return "the number is out of range";
        }
        if (error instanceof MismatchedInputException) {
            Class<?> target = expected(error);
            if (target != null && target.isEnum()) {
                return "must be one of " + Arrays.stream(target.getEnumConstants())
                        .map(constant -> Json.mapper().valueToTree(constant).asText())
                        .collect(Collectors.joining(", "));
            }
            return "must be " + kind(target) + ", not " + kind(value);
        }
        return "not valid";
    }

    private static Class<?> expected(JsonMappingException error) {
        return error instanceof MismatchedInputException ? ((MismatchedInputException) error).getTargetType() : null;
    }

    private static String kind(Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || type == OptionalInt.class || type == OptionalLong.class
                || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String kind(JsonNode value) {
        switch (value.getNodeType()) {
            case STRING:
                return "a text";
            case ARRAY:
                return "a list";
            case OBJECT:
                return "an object";
            case NUMBER:
                return value.isIntegralNumber() ? "a whole number" : "a fraction";
            default:
                return value.toString();
        }
    }
}
