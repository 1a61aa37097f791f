package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is out of use: switches, and fabric ports with the link there. Told by names, so that a link which comes up
 * later is out of use, too.
 */
final class Drained {

    private final SortedSet<String> names;

    Drained(Collection<String> names) {
        this.names = new TreeSet<>(names);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Returns whether a link is out of use, in this direction and hence in the other one. */
    boolean covers(Link link) {
        return covers(link.from()) || covers(link.to());
    }

    private boolean covers(FabricPort port) {
        return names.contains(port.switchName()) || names.contains(port.toString());
    }

    /** Returns the links of a fabric that are out of use, sorted. */
    List<Link> links(Fabric fabric) {
        return isEmpty() ? List.of() : fabric.links().stream().filter(this::covers).collect(Collectors.toList());
    }

    /** Returns whether an allocation has links that are out of use. */
    boolean touches(Allocation allocation) {
        return !isEmpty() && allocation.links().stream().anyMatch(link -> covers(Link.of(link.from(), link.to())));
    }
}
