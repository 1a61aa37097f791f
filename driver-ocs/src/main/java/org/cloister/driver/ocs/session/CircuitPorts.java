package org.cloister.driver.ocs.session;

import org.immutables.value.Value;

import java.util.Comparator;

/** Two different ports of one optical switch, in the order of their names: what a circuit joins. */
@Value.Immutable
public abstract class CircuitPorts implements Comparable<CircuitPorts> {

    private static final Comparator<CircuitPorts> ORDER = Comparator.comparing(CircuitPorts::one)
            .thenComparing(CircuitPorts::other);

    /** The port whose name sorts first. */
    public abstract String one();

    /** The other port. */
    public abstract String other();

    /**
     * Returns two ports, given in whatever order.
     *
     * @throws IllegalArgumentException if they are the same
     */
    public static CircuitPorts of(String port, String otherPort) {
        boolean sorted = port.compareTo(otherPort) < 0;
        return ImmutableCircuitPorts.builder().one(sorted ? port : otherPort).other(sorted ? otherPort : port).build();
    }

    @Value.Check
    protected void checkDifferent() {
        if (one().compareTo(other()) >= 0) {
            throw new IllegalArgumentException("circuit of ports " + one() + " and " + other()
                    + ": two different ports are needed, in order");
        }
    }

    /** Returns whether a port is one of the two. */
    public boolean has(String port) {
        return one().equals(port) || other().equals(port);
    }

    /** Returns whether another circuit needs a port of this one. */
    public boolean meets(CircuitPorts ports) {
        return has(ports.one()) || has(ports.other());
    }

    @Override
    public int compareTo(CircuitPorts ports) {
        return ORDER.compare(this, ports);
    }

    @Override
    public String toString() {
        return one() + " to " + other();
    }
}
