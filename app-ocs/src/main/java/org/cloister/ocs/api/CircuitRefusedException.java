package org.cloister.ocs.api;

import java.util.Objects;

/** Why circuits cannot be had. Nothing was stored or changed. */
public class CircuitRefusedException extends RuntimeException {

    private final Reason reason;

    /** Creates an exception with a message that names switch, port and holder. */
    public CircuitRefusedException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason is null");
    }

    /** Returns what kind of refusal it is. */
    public Reason reason() {
        return reason;
    }

    /** Kinds of refusal. */
    public enum Reason {
        /** No optical switch of that name is configured. */
        UNKNOWN_SWITCH,
        /** The switch has no such port. */
        UNKNOWN_PORT,
        /** Another owner's circuit is at a port. */
        HELD,
        /** A circuit that somebody else made is at a port. */
        FOREIGN,
        /** A port is quarantined or broken. */
        UNUSABLE,
        /** The switch is not connected, or nothing can be decided now. */
        UNAVAILABLE,
        /** The store does not answer. */
        STORE
    }
}
