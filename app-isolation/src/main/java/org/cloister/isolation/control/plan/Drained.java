package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.Switch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is out of use: switches, and fabric ports with the link there. Told by names, so that a link which comes up
 * later is out of use, too.
 */
public final class Drained {

    private final SortedSet<String> names;

    /** Creates what is out of use by the names of switches and of ports, such as {@code leaf-1/3}. */
    public Drained(Collection<String> names) {
        this.names = new TreeSet<>(names);
    }

    /** Returns the same with one more name. */
    public Drained and(String name) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return new Drained(more);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Returns whether a link is out of use, in this direction and hence in the other one. */
    public boolean covers(Link link) {
        return covers(link.from()) || covers(link.to());
    }

    private boolean covers(FabricPort port) {
        return names.contains(port.switchName()) || names.contains(port.toString());
    }

    /** Returns whether a switch is out of use. */
    public boolean covers(Switch device) {
        return names.contains(device.name());
    }

    /** Returns the links of a fabric that are out of use, sorted. */
    public List<Link> links(Fabric fabric) {
        return isEmpty() ? List.of() : fabric.links().stream().filter(this::covers).collect(Collectors.toList());
    }

    /** Returns whether an allocation has members on a switch that is out of use: they cannot go anywhere. */
    public boolean hasMembers(Allocation allocation) {
        return !isEmpty() && allocation.members().stream().anyMatch(member -> names.contains(member.leaf()));
    }

    /** Returns why an allocation is not to be had: members on a switch that is out of use. */
    public Optional<Problem> refusal(Allocation allocation) {
        return !hasMembers(allocation) ? Optional.empty() : Optional.of(Problem.of(ProblemType.INSUFFICIENT_HOSTS,
                "out of use: " + allocation.members().stream().filter(member -> names.contains(member.leaf()))
                        .map(member -> member.host() + " on " + member.leaf()).collect(Collectors.joining(", "))));
    }

    /** Returns whether an allocation has links that are out of use. */
    public boolean touches(Allocation allocation) {
        return !isEmpty() && allocation.links().stream().anyMatch(link -> covers(Link.of(link.from(), link.to())));
    }
}
