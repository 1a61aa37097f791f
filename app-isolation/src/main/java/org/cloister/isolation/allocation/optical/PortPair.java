package org.cloister.isolation.allocation.optical;

/**
 * Two ports of one optical switch that are, or are to be, joined: a circuit, both ways. One that is there and leads to
 * no port of the fabric has its port twice.
 */
public final class PortPair implements Comparable<PortPair> {

    private final int low;
    private final int high;

    private PortPair(int low, int high) {
        this.low = low;
        this.high = high;
    }

    /** Returns the pair of two ports of {@link OpticalFabric}, in whatever order. */
    public static PortPair of(int one, int other) {
        if (one == other) {
            throw new IllegalArgumentException("port " + one + " joined with itself");
        }
        return new PortPair(Math.min(one, other), Math.max(one, other));
    }

    /** Returns the pair of a port and what it is joined with; that is the port itself if it is none of the fabric. */
    static PortPair there(int port, int joined) {
        return new PortPair(Math.min(port, joined), Math.max(port, joined));
    }

    /** Returns the port with the lower number: a leaf's. */
    public int low() {
        return low;
    }

    /** Returns the port with the higher number: a spine's, or another leaf's. */
    public int high() {
        return high;
    }

    @Override
    public int compareTo(PortPair other) {
        return low != other.low ? Integer.compare(low, other.low) : Integer.compare(high, other.high);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortPair && ((PortPair) other).low == low && ((PortPair) other).high == high;
    }

    @Override
    public int hashCode() {
        return 31 * low + high;
    }

    @Override
    public String toString() {
        return low + "=" + high;
    }
}
