package org.cloister.isolation.routing;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Link;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The links from a leaf to another: up to a spine and down again, or one that joins the two leaves. */
public final class Way {

    private final Link up;
    private final Link down;

    private Way(Link up, Link down) {
        this.up = Objects.requireNonNull(up, "up is null");
        this.down = down;
    }

    static Way direct(Link link) {
        return new Way(link, null);
    }

    static Way over(Link up, Link down) {
        return new Way(up, Objects.requireNonNull(down, "down is null"));
    }

    /** Returns the link that leaves the sender's leaf. */
    public Link up() {
        return up;
    }

    /** Returns the link from the spine; empty if there is no spine on the way. */
    public Optional<Link> down() {
        return Optional.ofNullable(down);
    }

    /** Returns the links in the order in which they are crossed. */
    public List<Link> links() {
        return down == null ? List.of(up) : List.of(up, down);
    }

    /** Returns the sending ports in the order in which they are crossed. */
    public List<FabricPort> hops() {
        return links().stream().map(Link::from).collect(Collectors.toList());
    }

    @Override
    public String toString() {
        return links().toString();
    }
}
