package org.cloister.isolation.allocation.validation;

import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks the hosts of a specification up, named one by one or by their nodes, and collects what is wrong with them. */
final class MemberChecks {

    private final SliceSpec spec;
    private final FieldErrors errors;
    private final List<Host> hosts = new ArrayList<>();
    private final List<String> pointers = new ArrayList<>();
    private final SortedMap<Integer, Role> roles = new TreeMap<>();
    private final boolean isPlaced;
    private final int placed;
    private int unknown;

    MemberChecks(Fabric fabric, SliceSpec spec, FieldErrors errors) {
        this.spec = spec;
        this.errors = errors;
        checkOneWay();
        members(fabric);
        nodes(fabric);
        isPlaced = spec.placement().isPresent() && spec.members().isEmpty() && spec.nodes().isEmpty();
        placed = isPlaced ? PlacementChecks.hosts(fabric, spec.placement().get(), errors) : 0;
    }

    /** Returns the hosts by rank; complete only without errors. */
    List<Host> hosts() {
        return hosts;
    }

    /** Returns where each host was named, by rank. */
    List<String> pointers() {
        return pointers;
    }

    /** Returns the roles that were given, by rank. */
    SortedMap<Integer, Role> roles() {
        return roles;
    }

    /** Returns whether hosts are to be chosen. */
    boolean isPlaced() {
        return isPlaced;
    }

    /** Returns whether hosts were named by their nodes, which have no roles. */
    boolean byNode() {
        return spec.members().isEmpty() && !spec.nodes().isEmpty();
    }

    /** Returns the number of ranks; 0 if it is not known because there are nodes that are not, or too few hosts. */
    int ranks() {
        if (isPlaced) {
            return placed;
        }
        return byNode() ? unknown > 0 ? 0 : hosts.size() : spec.members().size();
    }

    /**
     * Returns the NIC indices by rank; empty unless all hosts are known. Those of hosts to be chosen count from 0 on each
     * node, whichever they will be.
     */
    Map<Integer, Integer> nics() {
        Map<Integer, Integer> nics = new HashMap<>();
        for (int rank = 0; rank < placed; rank++) {
            nics.put(rank, rank % spec.placement().orElseThrow().nicsPerNode());
        }
        for (int rank = 0; unknown == 0 && rank < hosts.size(); rank++) {
            nics.put(rank, hosts.get(rank).nic());
        }
        return nics;
    }

    private void checkOneWay() {
        if (spec.members().isEmpty() && spec.nodes().isEmpty() && spec.placement().isEmpty()) {
            errors.add(ProblemType.INVALID_REQUEST, "/members", spec.members(), "a slice has at least one member");
        }
        if (!spec.members().isEmpty() && !spec.nodes().isEmpty()) {
            errors.add(ProblemType.INVALID_REQUEST, "/nodes", spec.nodes(),
                    "hosts are named as members or as nodes, not as both");
        }
        spec.placement().ifPresent(placement -> {
            if (!spec.members().isEmpty() || !spec.nodes().isEmpty()) {
                errors.add(ProblemType.INVALID_REQUEST, "/placement", placement,
                        "hosts are named, or placed, not both");
            }
        });
    }

    private void members(Fabric fabric) {
        Map<String, Integer> ranks = new HashMap<>();
        for (int rank = 0; rank < spec.members().size(); rank++) {
            String name = Objects.requireNonNull(spec.members().get(rank).host(), "host is null");
            String pointer = "/members/" + rank + "/host";
            Integer earlier = ranks.putIfAbsent(name, rank);
            if (earlier != null) {
                errors.add(ProblemType.DUPLICATE_MEMBER, pointer, name,
                        "host " + name + " is member " + earlier + " already");
            } else if (!fabric.hosts().containsKey(name)) {
                errors.add(ProblemType.UNKNOWN_HOST, pointer, name, "there is no host " + name + " in the fabric");
            }
            int known = rank;
            spec.members().get(rank).role().ifPresent(role -> roles.put(known, role));
            add(fabric.hosts().get(name), pointer);
        }
    }

    private void nodes(Fabric fabric) {
        Map<String, List<Host>> byNode = spec.nodes().isEmpty() ? Map.of() : fabric.hosts().values().stream()
                .sorted(Comparator.comparing(Host::nic).thenComparing(Host::name))
                .collect(Collectors.groupingBy(Host::node));
        Map<String, Integer> indices = new HashMap<>();
        for (int index = 0; index < spec.nodes().size(); index++) {
            String name = Objects.requireNonNull(spec.nodes().get(index), "node is null");
            String pointer = "/nodes/" + index;
            Integer earlier = indices.putIfAbsent(name, index);
            if (earlier != null) {
                errors.add(ProblemType.DUPLICATE_MEMBER, pointer, name,
                        "node " + name + " is named at " + earlier + " already");
            } else if (byNode.containsKey(name)) {
                byNode.get(name).forEach(host -> add(host, pointer));
            } else {
                errors.add(ProblemType.UNKNOWN_HOST, pointer, name,
                        "there is no host of a node " + name + " in the fabric");
                unknown++;
            }
        }
    }

    private void add(Host host, String pointer) {
        if (host == null) {
            unknown++;
        } else {
            hosts.add(host);
            pointers.add(pointer);
        }
    }
}
