package org.cloister.lab.ocs;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How long light takes to move.
 *
 * @param switching from the request until the mirrors point where they should; all of a request move together
 * @param optics    from then until the receivers at the fibres' ends have locked on and show a carrier
 */
public record Times(Duration switching, Duration optics) {

    /** Kinds of switches by name; optics that need no time, so that it can be set apart from the mirrors'. */
    public static final Map<String, Times> PRESETS = Map.of(
            "instant", ofMillis(0, 0),
            "photonic", new Times(Duration.ofNanos(10_000), Duration.ZERO),
            "piezo", ofMillis(25, 0),
            "mems", ofMillis(200, 0));

    /** Both are 0 or more. */
    public Times {
        Objects.requireNonNull(switching, "switching is null");
        Objects.requireNonNull(optics, "optics is null");
        if (switching.isNegative() || optics.isNegative()) {
            throw new IllegalArgumentException("times are negative: switching " + switching + ", optics " + optics);
        }
    }

    /** Returns times in milliseconds. */
    public static Times ofMillis(double switching, double optics) {
        return new Times(millis(switching), millis(optics));
    }

    /** Returns a duration of so many milliseconds, of which there may be parts. */
    public static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
