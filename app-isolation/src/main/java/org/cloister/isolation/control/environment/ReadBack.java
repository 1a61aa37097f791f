package org.cloister.isolation.control.environment;

import java.util.Locale;

/**
 * When rules are read back from switches: the component property {@value #PROPERTY}. Slices that move do not wait for
 * ONOS's polls, whatever it says.
 */
public enum ReadBack {

    /** At ONOS's own polls, every 5 seconds by default. */
    POLL,

    /** As soon as a switch has acknowledged them, and at ONOS's own polls. */
    BARRIER;

    /** The property's name. */
    public static final String PROPERTY = "readBack";
    /** The property's default. */
    public static final String POLL_TEXT = "poll";

    /** Returns what the property's value says; {@link #POLL} for what is no such value. */
    public static ReadBack of(Object value) {
        return value != null && value.toString().trim().equalsIgnoreCase(BARRIER.toString()) ? BARRIER : POLL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
