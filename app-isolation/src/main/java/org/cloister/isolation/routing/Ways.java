package org.cloister.isolation.routing;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which way packets go in an allocation, as {@link Allocation} says it: the one reading of uplinks, detours and links
 * that rules, routes and reservations share. An uplink that is no link of the allocation, and one from which no link
 * of it leads on, is no way.
 */
public final class Ways {

    private final List<AllocatedMember> members;
    private final SortedMap<String, List<AllocatedMember>> byLeaf;
    private final Map<FabricPort, Link> byPort = new HashMap<>();
    private final Map<String, Map<String, Link>> bySwitches = new HashMap<>();
    private final Map<String, Map<String, Optional<FabricPort>>> arpPorts = new HashMap<>();

    private Ways(Allocation allocation) {
        this.members = allocation.members();
        this.byLeaf = members.stream()
                .collect(Collectors.groupingBy(AllocatedMember::leaf, TreeMap::new, Collectors.toList()));
        for (ReservedLink reserved : allocation.links()) {
            Link link = Link.of(reserved.from(), reserved.to());
            byPort.put(link.from(), link);
            bySwitches.computeIfAbsent(link.from().switchName(), name -> new HashMap<>())
                    .merge(link.to().switchName(), link, (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
    }

    /** Returns the ways of an allocation. */
    public static Ways of(Allocation allocation) {
        return new Ways(allocation);
    }

    /** Returns the members by leaf, in rank order; leaves sorted by name. */
    public SortedMap<String, List<AllocatedMember>> byLeaf() {
        return byLeaf;
    }

    /** Returns the allocation's link from a port; empty if there is none. */
    public Optional<Link> from(FabricPort port) {
        return Optional.ofNullable(byPort.get(port));
    }

    /** Returns the way to a leaf that begins with a port of another leaf; empty if the allocation has none. */
    public Optional<Way> by(FabricPort uplink, String leaf) {
        Link up = byPort.get(uplink);
        if (up == null) {
            return Optional.empty();
        }
        if (up.to().switchName().equals(leaf)) {
            return Optional.of(Way.direct(up));
        }
        return Optional.ofNullable(bySwitches.getOrDefault(up.to().switchName(), Map.of()).get(leaf))
                .map(down -> Way.over(up, down));
    }

    /** Returns the port that a member's IPv4 goes up by to those members of another leaf that it has no detour to. */
    public static Optional<FabricPort> uplink(AllocatedMember member, String leaf) {
        for (LeafDetour detour : member.leafDetours()) {
            if (detour.toLeaf().equals(leaf)) {
                return Optional.of(detour.uplink());
            }
        }
        return member.uplink();
    }

    /** Returns the way of a member's IPv4 to those members of another leaf that it has no detour to. */
    public Optional<Way> toLeaf(AllocatedMember member, String leaf) {
        return uplink(member, leaf).flatMap(port -> by(port, leaf));
    }

    /** Returns the port that a member's ARP goes up by, where the links lead on from there. */
    public static Optional<FabricPort> arpUplink(AllocatedMember member) {
        return member.arpUplink().or(member::uplink);
    }

    /** Returns the way of a member's ARP to another leaf. */
    public Optional<Way> arpToLeaf(AllocatedMember member, String leaf) {
        return arpUplink(member).flatMap(port -> by(port, leaf))
                .or(() -> arpDetour(member.leaf(), leaf).flatMap(port -> by(port, leaf)));
    }

    /** Returns the port by which ARP goes from a leaf to another that members' own ways for ARP do not lead to. */
    public Optional<FabricPort> arpDetour(String from, String leaf) {
        return arpPorts.computeIfAbsent(from, name -> new HashMap<>()).computeIfAbsent(leaf, name ->
                byLeaf.getOrDefault(from, List.of()).stream().flatMap(member -> uplink(member, leaf).stream())
                        .filter(port -> by(port, leaf).isPresent()).min(FabricPort::compareTo));
    }

    /** Returns all links that a member's packets, IPv4 or ARP, may cross, whether or not they arrive. */
    public Stream<Link> crossedBy(AllocatedMember member) {
        Stream<Link> ups = Stream.of(member.uplink().stream(), member.arpUplink().stream(),
                        member.leafDetours().stream().map(LeafDetour::uplink),
                        member.detours().stream().map(Detour::uplink))
                .flatMap(ports -> ports).flatMap(port -> from(port).stream());
        Stream<Link> leaves = byLeaf.keySet().stream().filter(leaf -> !leaf.equals(member.leaf()))
                .flatMap(leaf -> Stream.concat(toLeaf(member, leaf).stream(), arpToLeaf(member, leaf).stream()))
                .flatMap(way -> way.links().stream());
        Stream<Link> single = member.detours().stream().flatMap(detour ->
                        by(detour.uplink(), members.get(detour.toRank()).leaf()).stream())
                .flatMap(way -> way.links().stream());
        return Stream.of(ups, leaves, single).flatMap(links -> links).distinct();
    }
}
