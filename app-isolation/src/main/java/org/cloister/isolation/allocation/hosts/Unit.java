package org.cloister.isolation.allocation.hosts;

import org.cloister.isolation.fabric.Host;

import java.util.List;
import java.util.stream.Collectors;

/** The NICs of one node that a slice would take together, in NIC order. */
final class Unit {

    private final String node;
    private final List<Host> hosts;

    Unit(List<Host> hosts) {
        this.node = hosts.get(0).node();
        this.hosts = List.copyOf(hosts);
    }

    String node() {
        return node;
    }

    List<Host> hosts() {
        return hosts;
    }

    /** Returns the leaves of the NICs, in NIC order: units with the same ones can stand in for each other. */
    List<String> leaves() {
        return hosts.stream().map(host -> host.port().switchName()).collect(Collectors.toList());
    }
}
