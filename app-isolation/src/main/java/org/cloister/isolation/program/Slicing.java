package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.routing.Way;
import org.cloister.isolation.routing.Ways;
import org.onlab.packet.Ip4Address;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An allocation as the rules look at it: by leaf, with the ways between leaves and what arrives at spines.
 *
 * <p>Says no to an allocation that contradicts itself: a member sends over a link that is not the slice's, or, where
 * all reach all, to a leaf that no link of the slice leads on to.
 */
final class Slicing {

    private final Allocation allocation;
    private final Ways ways;
    /** By spine and leaf: the link down that something of the kind goes by. */
    private final SortedMap<String, SortedMap<String, Link>> ipv4Down = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Link>> arpDown = new TreeMap<>();

    Slicing(Allocation allocation) {
        this.allocation = allocation;
        this.ways = Ways.of(allocation);
        Set<FabricPort> ports = new HashSet<>();
        for (ReservedLink link : allocation.links()) {
            if (!ports.add(link.from())) {
                throw new IllegalArgumentException("the slice with tag " + tag() + " holds two links from "
                        + link.from());
            }
        }
        for (AllocatedMember member : allocation.members()) {
            requireLinks(member);
            for (String leaf : byLeaf().keySet()) {
                if (!leaf.equals(member.leaf())) {
                    note(ipv4Down, leaf, required(member, Ways.uplink(member, leaf), leaf,
                            ways.toLeaf(member, leaf)));
                    note(arpDown, leaf, required(member, Ways.arpUplink(member), leaf,
                            ways.arpToLeaf(member, leaf)));
                }
            }
            for (Detour detour : member.detours()) {
                String leaf = members().get(detour.toRank()).leaf();
                note(ipv4Down, leaf, required(member, Optional.of(detour.uplink()), leaf,
                        ways.by(detour.uplink(), leaf)));
            }
        }
    }

    private static void note(SortedMap<String, SortedMap<String, Link>> downs, String leaf, Optional<Way> way) {
        way.flatMap(Way::down).ifPresent(down -> downs
                .computeIfAbsent(down.from().switchName(), spine -> new TreeMap<>()).put(leaf, down));
    }

    private Optional<Way> required(AllocatedMember member, Optional<FabricPort> uplink, String leaf,
                                   Optional<Way> way) {
        if (way.isEmpty() && allocation.reach() == Reach.ALL) {
            throw new IllegalArgumentException(text(member) + " sends over "
                    + uplink.flatMap(ways::from).map(up -> up.from() + " to " + up.to().switchName()).orElse("no port")
                    + ", but the slice holds no link from there to " + leaf);
        }
        return way;
    }

    private void requireLinks(AllocatedMember member) {
        Stream.of(member.uplink().stream(), member.arpUplink().stream(),
                        member.leafDetours().stream().map(LeafDetour::uplink),
                        member.detours().stream().map(Detour::uplink))
                .flatMap(ports -> ports).filter(port -> ways.from(port).isEmpty()).findFirst().ifPresent(port -> {
                    throw new IllegalArgumentException(text(member) + " sends over " + port
                            + ", which is no link of the slice");
                });
    }

    private String text(AllocatedMember member) {
        return "member " + member.rank() + " (" + member.host() + ") of the slice with tag " + tag();
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
        return ways.byLeaf();
    }

    /** Returns, by spine and leaf, the links down that IPv4 of some member takes. */
    SortedMap<String, SortedMap<String, Link>> ipv4Down() {
        return ipv4Down;
    }

    /** Returns, by spine and leaf, the links down that ARP of some member takes. */
    SortedMap<String, SortedMap<String, Link>> arpDown() {
        return arpDown;
    }

    /** Returns whether what a member's ARP goes up by anyway leads to a leaf. */
    boolean arpUplinkLeadsTo(AllocatedMember member, String leaf) {
        return Ways.arpUplink(member).flatMap(port -> ways.by(port, leaf)).isPresent();
    }

    /** Returns the port by which all other ARP goes from a leaf to another. */
    Optional<FabricPort> arpDetour(String from, String leaf) {
        return ways.arpDetour(from, leaf);
    }

    /** Returns the addresses of all members on leaves other than the given one. */
    Collection<Ip4Address> addressesOutside(String leaf) {
        return byLeaf().entrySet().stream().filter(entry -> !entry.getKey().equals(leaf))
                .flatMap(entry -> addresses(entry.getValue()).stream()).collect(Collectors.toList());
    }

    static Collection<Ip4Address> addresses(Collection<AllocatedMember> members) {
        return members.stream().flatMap(member -> member.ipv4().stream())
                .map(Ip4Address::valueOf).collect(Collectors.toList());
    }
}
