package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;

/** One refusal, with all that its receiver needs to act on it (RFC 9457). */
@Value.Immutable
@JsonSerialize(as = ImmutableProblem.class)
@JsonDeserialize(as = ImmutableProblem.class)
public interface Problem {

    /** Which kind of refusal. */
    ProblemType type();

    /** What happened, for a person, with the offending values. */
    String detail();

    /** The offending fields. */
    List<FieldError> errors();

    /** What is missing, when something is. */
    Optional<Shortage> shortage();

    /**
     * Whether the refusal rests on a search that ended at its bound, so that something may have been there all the same.
     */
    @Value.Default
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    default boolean unproven() {
        return false;
    }

    /** Returns a problem about no field in particular. */
    static Problem of(ProblemType type, String detail) {
        return ImmutableProblem.builder().type(type).detail(detail).build();
    }

    /** Returns a problem about one field; the pointer is an RFC 6901 JSON pointer into the body. */
    static Problem of(ProblemType type, String pointer, Object value, String message) {
        return ImmutableProblem.builder().type(type).detail(message)
                .addErrors(FieldError.of(pointer, value, message)).build();
    }

    /** Returns a builder. */
    static ImmutableProblem.Builder builder() {
        return ImmutableProblem.builder();
    }

    /** One offending field. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableFieldError.class)
    @JsonDeserialize(as = ImmutableFieldError.class)
    interface FieldError {

        /** RFC 6901 JSON pointer into the body, or the name of a path or query parameter. */
        String pointer();

        /** The value found there, as JSON. */
        JsonNode value();

        /** What is wrong with it. */
        String message();

        /** Returns the error of a value, any that has a JSON form. */
        static FieldError of(String pointer, Object value, String message) {
            return ImmutableFieldError.builder().pointer(pointer)
                    .value(Json.mapper().valueToTree(value)).message(message).build();
        }
    }

    /** What is missing. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableShortage.class)
    @JsonDeserialize(as = ImmutableShortage.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    interface Shortage {

        /** Where: a switch, a link, or {@code fabric}. */
        String at();

        /** Of what: {@code uplinks}, {@code spines}, {@code tags}; or {@code bandwidth}, bit/s for each member. */
        String kind();

        /** How many are needed. */
        long needed();

        /** How many are free. */
        long free();

        /** More links than these are not named. */
        int LINKS_MAX = 64;

        /**
         * Links that would do if they were free, neither held nor drained; one way of several. Of more than
         * {@value #LINKS_MAX} the first.
         */
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> links();

        /** Returns a shortage. */
        static Shortage of(String at, String kind, long needed, long free) {
            return ImmutableShortage.builder().at(at).kind(kind).needed(needed).free(free).build();
        }
    }
}
