package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a request is refused: RFC 9457 problem types with their HTTP status. */
public enum ProblemType {
    INVALID_REQUEST("invalid-request", 400, false, "The request is not valid"),
    NOT_FOUND("not-found", 404, false, "There is no such resource"),
    STALE_ETAG("stale-etag", 412, false, "The slice has changed since it was read"),
    BODY_TOO_LARGE("body-too-large", 413, false, "The body is larger than 1 MiB"),
    HOST_IN_USE("host-in-use", 409, true, "A host belongs to another slice"),
    INSUFFICIENT_HOSTS("insufficient-hosts", 409, true, "Not enough hosts are free"),
    INSUFFICIENT_UPLINKS("insufficient-uplinks", 409, true, "Not enough uplinks are free"),
    INSUFFICIENT_BANDWIDTH("insufficient-bandwidth", 409, true, "Not enough bandwidth is free"),
    NO_COMMON_SPINES("no-common-spines", 409, true, "The leaves have too few free links to the same spines"),
    NO_CIRCUIT("no-circuit", 409, true, "No optical circuit is free"),
    CIRCUIT_IN_USE("circuit-in-use", 409, true, "Somebody else wants a circuit at a port"),
    FOREIGN_CIRCUIT("foreign-circuit", 409, true, "Somebody else made the circuit at a port"),
    TAGS_EXHAUSTED("tags-exhausted", 409, true, "No tag is free"),
    METERS_EXHAUSTED("meters-exhausted", 409, true, "No meter is free"),
    REMOVING("removing", 409, true, "The slice is being removed"),
    UNKNOWN_HOST("unknown-host", 422, false, "There is no such host"),
    UNKNOWN_SWITCH("unknown-switch", 422, false, "There is no such optical switch"),
    UNKNOWN_PORT("unknown-port", 422, false, "The optical switch has no such port"),
    DUPLICATE_MEMBER("duplicate-member", 422, false, "A host is a member twice"),
    UNKNOWN_PATTERN("unknown-pattern", 422, false, "There is no such pattern"),
    MISSING_ROLE("missing-role", 422, false, "A member has no role"),
    RATE_EXCEEDS_PORT("rate-exceeds-port", 422, false, "The rate is higher than a port's"),
    NOT_ENFORCEABLE("not-enforceable", 422, false, "The fabric cannot enforce this"),
    NOT_SUPPORTED("not-supported", 422, false, "This is not supported"),
    NOT_READY("not-ready", 503, true, "Cloister is not ready"),
    STORE_UNAVAILABLE("store-unavailable", 503, true, "The store does not answer"),
    INSTALLATION_FAILED("installation-failed", 503, true, "The switches did not do what was asked");

    private final String code;
    private final int status;
    private final boolean retryable;
    private final String title;

    ProblemType(String code, int status, boolean retryable, String title) {
        this.code = code;
        this.status = status;
        this.retryable = retryable;
        this.title = title;
    }

    /** Returns the last segment of the type's URI. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** Returns what it means, the same for every occurrence. */
    public String title() {
        return title;
    }
}
