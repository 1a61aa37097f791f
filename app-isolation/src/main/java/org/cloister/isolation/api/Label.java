package org.cloister.isolation.api;

import java.util.Objects;

/** A label that slices can carry: {@code name:value}. */
public final class Label {

    private final String name;
    private final String value;

    private Label(String name, String value) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.value = Objects.requireNonNull(value, "value is null");
    }

    /**
     * Reads {@code name:value}; the value may have colons.
     *
     * @throws IllegalArgumentException if there is no name before a colon
     */
    public static Label of(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + text + "' is no label; one is written name:value");
        }
        return new Label(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Returns whether a specification carries it. */
    public boolean on(SliceSpec spec) {
        return value.equals(spec.labels().get(name));
    }

    @Override
    public String toString() {
        return name + ":" + value;
    }
}
