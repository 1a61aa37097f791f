package org.cloister.lab.ocs.device;

import java.util.Objects;

/** A request is refused as a whole; nothing changed. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Cause cause;

    /**
     * Creates a refusal.
     *
     * @param message names what is wrong and its value
     */
    public Refusal(Cause cause, String message) {
        super(message);
        this.cause = Objects.requireNonNull(cause, "cause is null");
    }

    /** Returns what kind of refusal it is. */
    public Cause kind() {
        return cause;
    }

    /** Kinds of refusals. */
    public enum Cause {
        /** The request can never be right. */
        MALFORMED,
        /** What it asks for is in the way of something that it leaves alone. */
        CONFLICT,
        /** Somebody else may write. */
        NOT_MASTER,
        /** What it names is not there. */
        NOT_FOUND,
        /** The switch does not offer it. */
        UNSUPPORTED
    }
}
