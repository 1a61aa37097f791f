package org.cloister.driver.ocs.session;

/** The names that our circuits have on switches: who finds one knows that it is ours, even without a store. */
public final class CircuitNames {

    private static final String PREFIX = "cloister:";

    private CircuitNames() {
    }

    /** Returns the name of our circuit between two ports: always the same, so that it is never made twice. */
    public static String of(CircuitPorts ports) {
        return PREFIX + ports.one() + ":" + ports.other();
    }

    /** Returns whether a circuit of that name is ours. */
    public static boolean areOurs(String name) {
        return name.startsWith(PREFIX);
    }
}
