package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an allocated slice needs of the configuration, whatever rules are on the switches. */
final class Needs {

    private Needs() {
    }

    /** Returns the first need that is not met: switches, then hosts. */
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
        return Optional.empty();
    }

    private static boolean same(Host host, AllocatedMember member) {
        return host.port().equals(member.port())
                && host.mac().toString().equalsIgnoreCase(member.mac())
                && host.ipv4().stream().map(Object::toString).collect(Collectors.toList()).equals(member.ipv4());
    }
}
