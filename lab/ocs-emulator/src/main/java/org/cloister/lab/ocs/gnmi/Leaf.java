package org.cloister.lab.ocs.gnmi;

import org.cloister.gnmi.Path;

/**
 * A leaf and its value: a {@code String}, {@code Boolean}, {@code Integer} (uint32), {@code Long} (uint64) or
 * {@code Double} (decimal64).
 *
 * @param name tells it apart from other leaves of the same connection or port: {@code state/status}
 */
record Leaf(String name, Path path, Object value) {

    /** Returns a leaf below a path. */
    static Leaf under(Path base, String name, Object value) {
        return new Leaf(name, Paths.under(base, name.split("/")), value);
    }

    boolean isConfig() {
        return name.contains("config/");
    }
}
