package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an allocated slice needs of the configuration and the wiring, whatever rules are on the switches. */
final class Needs {

    private Needs() {
    }

    /** Returns the first need that is not met: switches, then hosts, then links. */
    static Optional<Trouble> unmet(Fabric fabric, Allocation allocation, Collection<String> unknownSwitches) {
        if (!unknownSwitches.isEmpty()) {
            return Optional.of(Trouble.switchesNotConfigured(unknownSwitches));
        }
        for (AllocatedMember member : allocation.members()) {
            Host host = fabric.hosts().get(member.host());
            if (host == null) {
                return Optional.of(new Trouble(Conditions.HOST_NOT_CONFIGURED,
                        "not in the configuration: " + member.host()));
            }
            if (!same(host, member)) {
                return Optional.of(new Trouble(Conditions.HOST_CHANGED, member.host()
                        + " has another port or other addresses than those it was allocated with"));
            }
        }
        String links = allocation.links().stream().map(link -> Link.of(link.from(), link.to()))
                .filter(link -> !fabric.links().contains(link)).map(Link::toString)
                .collect(Collectors.joining(", "));
        return links.isEmpty() ? Optional.empty()
                : Optional.of(new Trouble(Conditions.LINK_ABSENT, "not there: " + links));
    }

    private static boolean same(Host host, AllocatedMember member) {
        return host.port().equals(member.port())
                && host.mac().toString().equalsIgnoreCase(member.mac())
                && host.ipv4().stream().map(Object::toString).collect(Collectors.toList()).equals(member.ipv4());
    }
}
