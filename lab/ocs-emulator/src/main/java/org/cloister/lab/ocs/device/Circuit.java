package org.cloister.lab.ocs.device;

import java.util.Objects;

/** Two ports that are joined, or to be joined; light passes both ways. */
public record Circuit(String input, String output) {

    /** Names are checked where a configuration is. */
    public Circuit {
        Objects.requireNonNull(input, "input is null");
        Objects.requireNonNull(output, "output is null");
    }

    /** Whether a port is one of the two. */
    public boolean uses(String port) {
        return input.equals(port) || output.equals(port);
    }

    /** Whether the other one shares a port with this. */
    public boolean touches(Circuit other) {
        return uses(other.input) || uses(other.output);
    }

    /** Whether both join the same ports, either way round. */
    public boolean same(Circuit other) {
        return uses(other.input) && uses(other.output);
    }

    /** Returns the port at the other end. */
    public String far(String port) {
        return port.equals(input) ? output : input;
    }

    @Override
    public String toString() {
        return input + "-" + output;
    }
}
