package org.cloister.isolation.control.plan;

import java.util.Collection;
import java.util.Objects;

/** Why a slice is not as it should be: a reason in one word and a message for a person. */
public final class Trouble {

    private final String reason;
    private final String message;

    /** Creates a trouble; the reason is one of {@link Conditions}. */
    public Trouble(String reason, String message) {
        this.reason = Objects.requireNonNull(reason, "reason is null");
        this.message = Objects.requireNonNull(message, "message is null");
    }

    /** Returns the trouble with switches of these names. */
    public static Trouble switchesNotConfigured(Collection<String> switches) {
        return new Trouble(Conditions.SWITCH_NOT_CONFIGURED,
                "not in the configuration: " + String.join(", ", switches));
    }

    /** Returns the same with more to say. */
    public Trouble and(String more) {
        return new Trouble(reason, message + "; " + more);
    }

    /** Returns the reason in one word, for programs. */
    public String reason() {
        return reason;
    }

    /** Returns the message, for people. */
    public String message() {
        return message;
    }
}
