package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;

import java.util.List;
import java.util.stream.Collectors;

/** A server answered with errors. */
final class RpcRefused extends Exception {

    private final List<RpcError> errors;

    RpcRefused(List<RpcError> errors) {
        super(errors.stream().map(RpcError::toString).collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** Returns whether an error of that kind is among them. */
    boolean has(String tag) {
        return errors.stream().anyMatch(error -> error.tag().equals(tag));
    }

    /** Returns whether it is that somebody else has the configuration locked. */
    boolean isLocked() {
        return has("lock-denied") || has("in-use");
    }

    /**
     * Returns it in the words of sessions.
     *
     * @param what was asked for, as the beginning of a sentence
     */
    OcsException toOcsException(String what) {
        return new OcsException(reason(), what + ": " + getMessage() + holder(), this);
    }

    private Reason reason() {
        if (isLocked()) {
            return Reason.NOT_MASTER;
        }
        if (has("rollback-failed") || has("partial-operation")) {
            // some of it may have been done: what the switch shows now is to be read
            return Reason.LOST;
        }
        if (has("data-exists") || has("data-missing")) {
            return Reason.STALE;
        }
        if (has("operation-not-supported") || has("unknown-namespace") || has("unknown-element")) {
            return Reason.UNSUPPORTED;
        }
        return Reason.REJECTED;
    }

    private String holder() {
        return errors.stream().flatMap(error -> error.lockHolder().stream()).findFirst()
                .map(session -> " (locked by session " + session + ")").orElse("");
    }
}
