package org.cloister.driver.ocs;

import java.util.Arrays;
import java.util.Optional;

/** What a switch speaks. */
public enum Dialect {
    /** The OCS model of the Open Compute Project over gNMI, with TLS. */
    OCP_GNMI("ocp-gnmi", 9339),
    /** Polatis' model over NETCONF, with SSH. */
    POLATIS_NETCONF("polatis-netconf", 830);

    private final String text;
    private final int port;

    Dialect(String text, int port) {
        this.text = text;
        this.port = port;
    }

    /** Returns the dialect of a name; empty if there is none. */
    public static Optional<Dialect> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }

    /** Returns the TCP port that is registered for its protocol. */
    public int port() {
        return port;
    }

    @Override
    public String toString() {
        return text;
    }
}
