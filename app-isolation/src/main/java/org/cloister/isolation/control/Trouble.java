package org.cloister.isolation.control;

import java.util.Collection;
import java.util.Objects;

/** Why a slice is not as it should be: a reason in one word and a message for a person. */
final class Trouble {

    private final String reason;
    private final String message;

    Trouble(String reason, String message) {
        this.reason = Objects.requireNonNull(reason, "reason is null");
        this.message = Objects.requireNonNull(message, "message is null");
    }

    static Trouble switchesNotConfigured(Collection<String> switches) {
        return new Trouble(Conditions.SWITCH_NOT_CONFIGURED,
                "not in the configuration: " + String.join(", ", switches));
    }

    /** Returns the same with more to say. */
    Trouble and(String more) {
        return new Trouble(reason, message + "; " + more);
    }

    String reason() {
        return reason;
    }

    String message() {
        return message;
    }
}
