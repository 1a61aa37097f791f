package org.cloister.driver.ocs.session;

import java.util.Objects;

/** Why a switch did not do what it was asked. */
public class OcsException extends RuntimeException {

    private final Reason reason;

    /** Creates an exception with a message for an administrator. */
    public OcsException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** Creates an exception with a message for an administrator and what led to it. */
    public OcsException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason is null");
    }

    /** Returns what kind of failure it is. */
    public Reason reason() {
        return reason;
    }

    /** Kinds of failure. In all but {@link #DEADLINE} and {@link #LOST} nothing was changed. */
    public enum Reason {
        /** A port that is needed has a circuit that may not be removed. */
        CONFLICT,
        /** The switch has changed since the transaction was planned. */
        STALE,
        /** The switch has no such port. */
        UNKNOWN_PORT,
        /** The switch or its dialect cannot do that. */
        UNSUPPORTED,
        /** Another controller is the writer. */
        NOT_MASTER,
        /** The switch refused. */
        REJECTED,
        /** The user or the password is wrong, or the switch is not trusted. */
        UNAUTHENTICATED,
        /** No answer in time; it may have been done all the same. */
        DEADLINE,
        /** The connection broke; it may have been done all the same. */
        LOST
    }
}
