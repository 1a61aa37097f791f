package org.cloister.isolation.allocation.hosts;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The free NICs of the nodes that a placement may choose among, by node. */
final class FreeNodes {

    private static final Comparator<Host> BY_NIC = Comparator.comparing(Host::nic).thenComparing(Host::name);

    private final int nicsPerNode;
    private final SortedMap<String, List<Host>> free = new TreeMap<>();

    /**
     * Looks free NICs up.
     *
     * @param without nodes that are left out
     */
    FreeNodes(Fabric fabric, Ledger ledger, Placement placement, Set<String> without) {
        this.nicsPerNode = placement.nicsPerNode();
        Set<String> candidates = new HashSet<>(placement.candidates());
        for (Host host : fabric.hosts().values()) {
            if ((candidates.isEmpty() || candidates.contains(host.node())) && !without.contains(host.node())
                    && !ledger.hosts().containsKey(host.name()) && !ledger.closed().contains(host.port().switchName())) {
                free.computeIfAbsent(host.node(), node -> new ArrayList<>()).add(host);
            }
        }
        free.values().removeIf(hosts -> hosts.size() < nicsPerNode);
        free.values().forEach(hosts -> hosts.sort(BY_NIC));
    }

    /** Returns how many nodes have NICs enough. */
    int size() {
        return free.size();
    }

    /** Returns how many hosts are to be had on each leaf, if each node gives its first NICs. */
    SortedMap<String, Integer> hostsByLeaf() {
        SortedMap<String, Integer> byLeaf = new TreeMap<>();
        free.values().forEach(hosts -> hosts.subList(0, nicsPerNode).forEach(host ->
                byLeaf.merge(host.port().switchName(), 1, Integer::sum)));
        return byLeaf;
    }

    /**
     * Returns the ways to choose NICs of each node. Where nodes have more than are asked for, those of the same index
     * come first, the lowest index before others: they are on the same leaves where a fabric has rails. Last, the
     * first free NICs of each node, whichever they are.
     *
     * @param most how many ways
     */
    List<List<Unit>> choices(int most) {
        SortedSet<Integer> indices = new TreeSet<>();
        free.values().forEach(hosts -> hosts.forEach(host -> indices.add(host.nic())));
        List<Integer> nics = new ArrayList<>(indices);
        List<List<Unit>> choices = new ArrayList<>();
        for (int from = 0; from + nicsPerNode <= nics.size() && choices.size() < most - 1; from++) {
            Set<Integer> wanted = new HashSet<>(nics.subList(from, from + nicsPerNode));
            List<Unit> units = free.values().stream().map(hosts -> with(hosts, wanted))
                    .filter(hosts -> hosts.size() == nicsPerNode).map(Unit::new).collect(Collectors.toList());
            if (!units.isEmpty()) {
                choices.add(units);
            }
        }
        if (choices.size() != 1 || choices.get(0).size() < free.size()) {
            choices.add(free.values().stream().map(hosts -> new Unit(hosts.subList(0, nicsPerNode)))
                    .collect(Collectors.toList()));
        }
        return Collections.unmodifiableList(choices);
    }

    private static List<Host> with(List<Host> hosts, Set<Integer> wanted) {
        return hosts.stream().filter(host -> wanted.contains(host.nic())).collect(Collectors.toList());
    }
}
