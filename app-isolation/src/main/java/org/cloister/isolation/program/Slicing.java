package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.onlab.packet.Ip4Address;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An allocation as the rules look at it: by leaf and by spine. */
final class Slicing {

    private final Allocation allocation;
    private final SortedMap<String, List<AllocatedMember>> byLeaf;
    private final Map<FabricPort, FabricPort> peers;
    private final Map<String, Map<String, FabricPort>> lowestPorts = new HashMap<>();

    Slicing(Allocation allocation) {
        this.allocation = allocation;
        this.byLeaf = allocation.members().stream()
                .collect(Collectors.groupingBy(AllocatedMember::leaf, TreeMap::new, Collectors.toList()));
        this.peers = allocation.links().stream()
                .collect(Collectors.toMap(ReservedLink::from, ReservedLink::to));
        peers.forEach((from, to) -> lowestPorts.computeIfAbsent(from.switchName(), name -> new HashMap<>())
                .merge(to.switchName(), from, (one, other) -> one.compareTo(other) < 0 ? one : other));
    }

    int tag() {
        return allocation.tag();
    }

    List<AllocatedMember> members() {
        return allocation.members();
    }

    List<ReservedLink> links() {
        return allocation.links();
    }

    SortedMap<String, List<AllocatedMember>> byLeaf() {
        return byLeaf;
    }

    /** Returns the addresses of all members on leaves other than the given one. */
    Collection<Ip4Address> addressesOutside(String leaf) {
        return byLeaf.entrySet().stream().filter(entry -> !entry.getKey().equals(leaf))
                .flatMap(entry -> addresses(entry.getValue()).stream()).collect(Collectors.toList());
    }

    static Collection<Ip4Address> addresses(Collection<AllocatedMember> members) {
        return members.stream().flatMap(member -> member.ipv4().stream())
                .map(Ip4Address::valueOf).collect(Collectors.toList());
    }

    /**
     * Returns, by spine, the leaves that packets may arrive from when each member sends them up the given ways.
     *
     * @throws IllegalArgumentException if a member's way up is not a link of the slice
     */
    SortedMap<String, SortedSet<String>> leavesBelow(Function<AllocatedMember, Stream<FabricPort>> up) {
        SortedMap<String, SortedSet<String>> below = new TreeMap<>();
        for (AllocatedMember member : members()) {
            up.apply(member).forEach(port -> below
                    .computeIfAbsent(peer(member, port).switchName(), spine -> new TreeSet<>()).add(member.leaf()));
        }
        return below;
    }

    /**
     * Returns the spine's port down to a leaf; the lowest when the slice holds several.
     *
     * @throws IllegalArgumentException if the slice holds none
     */
    FabricPort downlink(String spine, String leaf) {
        return Objects.requireNonNullElseGet(lowestPorts.getOrDefault(spine, Map.of()).get(leaf), () -> {
            throw new IllegalArgumentException("the slice with tag " + tag() + " sends over " + spine
                    + " but holds no link from there to " + leaf);
        });
    }

    private FabricPort peer(AllocatedMember member, FabricPort port) {
        return Objects.requireNonNullElseGet(peers.get(port), () -> {
            throw new IllegalArgumentException("member " + member.rank() + " (" + member.host() + ") of the slice "
                    + "with tag " + tag() + " sends over " + port + ", which is no link of the slice");
        });
    }
}
