package org.cloister.benchmarks.replay;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a collective is carried out: in which steps, who sends to whom in each, and how much. */
public enum Algorithm {

    /** All-reduce: 2 (N - 1) steps, in each of which each sends 1/N of the buffer to the next rank. */
    RING("ring"),

    /** All-reduce among a power of two: log2 N steps that send 1/2, 1/4 ... of the buffer, then the same backwards. */
    HALVING_DOUBLING("halving-doubling"),

    /** Pairwise exchange: N - 1 steps, in the k-th of which each sends 1/N of the buffer to the rank k beyond its own. */
    ALL_TO_ALL("all-to-all");

    private final String text;

    Algorithm(String text) {
        this.text = text;
    }

    /** Returns what files and options call it, which is what the contract calls the pattern. */
    public String text() {
        return text;
    }

    /** Returns the algorithm that a text names; empty if none. */
    public static Optional<Algorithm> of(String text) {
        return Arrays.stream(values()).filter(value -> value.text.equals(text)).findFirst();
    }

    /** Returns all names, for an error message. */
    public static String texts() {
        return Arrays.stream(values()).map(Algorithm::text).collect(Collectors.joining(", "));
    }
}
