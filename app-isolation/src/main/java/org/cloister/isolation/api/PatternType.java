package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which members of a group send to which, at the same time. */
public enum PatternType {
    /** Rank i to rank i + 1, one step. */
    RING("ring"),
    /** Rank i with rank i xor 2^k in step k; the group's size is a power of two. */
    HALVING_DOUBLING("halving-doubling"),
    /** Rank i to rank i + k in step k: pairwise exchange. */
    ALL_TO_ALL("all-to-all"),
    /** Workers with servers. */
    PARAMETER_SERVER("parameter-server"),
    /** Steps given one by one. */
    STEPS("steps"),
    /** Anything that each host's NIC allows. */
    ANY("any");

    private final String text;

    PatternType(String text) {
        this.text = text;
    }

    /**
     * Returns the pattern written as the given text.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static PatternType of(String text) {
        for (PatternType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown pattern '" + text + "'");
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
