package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;

import java.util.Objects;

/** One direction of a link between two fabric ports. */
public final class Link implements Comparable<Link> {

    private final FabricPort from;
    private final FabricPort to;

    private Link(FabricPort from, FabricPort to) {
        this.from = Objects.requireNonNull(from, "from is null");
        this.to = Objects.requireNonNull(to, "to is null");
    }

    /** Returns the link from a sending to a receiving port. */
    public static Link of(FabricPort from, FabricPort to) {
        return new Link(from, to);
    }

    /** Returns the sending port. */
    public FabricPort from() {
        return from;
    }

    /** Returns the receiving port. */
    public FabricPort to() {
        return to;
    }

    @Override
    public int compareTo(Link other) {
        int order = from.compareTo(other.from);
        return order != 0 ? order : to.compareTo(other.to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Link && ((Link) other).from.equals(from) && ((Link) other).to.equals(to);
    }

    @Override
    public int hashCode() {
        return 31 * from.hashCode() + to.hashCode();
    }

    @Override
    public String toString() {
        return from + "->" + to;
    }
}
