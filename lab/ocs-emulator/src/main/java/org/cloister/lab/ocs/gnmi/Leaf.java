package org.cloister.lab.ocs.gnmi;

import org.cloister.gnmi.Path;

/**
 * A leaf and its value: a {@code String}, {@code Boolean}, {@code Integer} (uint32), {@code Long} (uint64) or
 * {@code Double} (decimal64).
 */
record Leaf(Path path, Object value) {

    boolean isConfig() {
        return path.getElemList().stream().anyMatch(elem -> elem.getName().equals("config"));
    }
}
