package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;

import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The query parameters of a request, strictly: none that the resource does not know, none twice, every value of its
 * type. JAX-RS's own parameters answer a wrong value with 404.
 */
final class Query {

    private final MultivaluedMap<String, String> parameters;

    private Query(MultivaluedMap<String, String> parameters) {
        this.parameters = parameters;
    }

    /** Returns the query of a resource that knows the given parameters. */
    static Query of(UriInfo uri, String... known) {
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            if (!Set.of(known).contains(parameter.getKey())) {
                throw refused(parameter.getKey(), parameter.getValue().get(0),
                        "unknown query parameter '" + parameter.getKey() + "'; known here are ["
                                + String.join(", ", known) + "]");
            }
            if (parameter.getValue().size() > 1) {
                throw refused(parameter.getKey(), parameter.getValue(),
                        "query parameter '" + parameter.getKey() + "' is given twice");
            }
        }
        return new Query(parameters);
    }

    /** Returns a parameter as it is. */
    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.getFirst(name));
    }

    /** Returns a whole number between two limits, both included. */
    int number(String name, int least, int most, int otherwise) {
        return parsed(name, "a whole number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException();
            }
            return number;
        }).orElse(otherwise);
    }

    /** Returns whether a flag is {@code true}. */
    boolean flag(String name) {
        return parsed(name, "true or false", text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException();
            }
            return Boolean.valueOf(text);
        }).orElse(false);
    }

    /**
     * Returns a parameter's value.
     *
     * @param expected what a value is, for the refusal
     * @param parser throws {@link IllegalArgumentException} for what is none
     */
    <T> Optional<T> parsed(String name, String expected, Function<String, T> parser) {
        return text(name).map(text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw refused(name, text, "query parameter '" + name + "' is '" + text + "', not " + expected);
            }
        });
    }

    private static RefusedException refused(String name, Object value, String message) {
        return new RefusedException(Problem.of(ProblemType.INVALID_REQUEST, name, value, message));
    }
}
