package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A port of a packet switch, written {@code leaf-1/5}: the switch's name and the OpenFlow port number. */
public final class FabricPort implements Comparable<FabricPort> {

    private static final Pattern SYNTAX = Pattern.compile("([^/\\s]+)/([1-9][0-9]{0,9})");

    private final String switchName;
    private final long number;

    private FabricPort(String switchName, long number) {
        this.switchName = switchName;
        this.number = number;
    }

    /** Returns a switch's port. */
    public static FabricPort of(String switchName, long number) {
        return new FabricPort(Objects.requireNonNull(switchName, "switchName is null"), number);
    }

    /**
     * Returns the port written as the given text.
     *
     * @throws IllegalArgumentException if the text is not of the form switch/number
     */
    @JsonCreator
    public static FabricPort of(String text) {
        Matcher matcher = text == null ? null : SYNTAX.matcher(text);
        if (matcher == null || !matcher.matches()) {
            throw new IllegalArgumentException("port '" + text + "' is not of the form switch/number");
        }
        return new FabricPort(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    /** Returns the switch's name. */
    public String switchName() {
        return switchName;
    }

    /** Returns the OpenFlow port number. */
    public long number() {
        return number;
    }

    @Override
    public int compareTo(FabricPort other) {
        int order = switchName.compareTo(other.switchName);
        return order != 0 ? order : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FabricPort && ((FabricPort) other).number == number
                && ((FabricPort) other).switchName.equals(switchName);
    }

    @Override
    public int hashCode() {
        return 31 * switchName.hashCode() + Long.hashCode(number);
    }

    @JsonValue
    @Override
    public String toString() {
        return switchName + "/" + number;
    }
}
