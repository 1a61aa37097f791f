package org.cloister.benchmarks.replay;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a job alternates between computing and communicating. */
public enum JobModel {

    /** Computes once, then communicates once: all that it ever sends is one collective at its end. */
    BULK("bulk"),

    /** Iterations of computing and communicating, which begin at a random point of one. */
    ITERATIONS("iterations");

    private final String text;

    JobModel(String text) {
        this.text = text;
    }

    /** Returns what files and options call it. */
    public String text() {
        return text;
    }

    /** Returns the model that a text names; empty if none. */
    public static Optional<JobModel> of(String text) {
        return Arrays.stream(values()).filter(value -> value.text.equals(text)).findFirst();
    }

    /** Returns all names, for an error message. */
    public static String texts() {
        return Arrays.stream(values()).map(JobModel::text).collect(Collectors.joining(", "));
    }
}
