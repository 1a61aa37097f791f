package org.cloister.isolation.allocation.rerouting;

import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.allocation.contention.Certificate;
import org.cloister.isolation.allocation.rerouting.PreviousWays.PreviousWay;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.routing.Ways;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** An allocation with some of its ways over other spines. */
final class Rerouted {

    private final Allocation before;
    private final Request request;
    private final Links links;

    /** The link that ways take from one switch to the next. */
    interface Links {

        /** Returns the link; it is there. */
        Link between(String from, String to);
    }

    Rerouted(Allocation before, Request request, Links links) {
        this.before = before;
        this.request = request;
        this.links = links;
    }

    /**
     * Returns the allocation.
     *
     * @param ways all that the slice has
     * @param spines the spine of each of them, by name
     */
    Allocation allocation(List<PreviousWay> ways, Map<PreviousWay, String> spines, long linkBitsPerSecond, int tag) {
        SortedSet<Link> crossed = new TreeSet<>();
        SortedMap<Integer, SortedMap<String, FabricPort>> toLeaves = new TreeMap<>();
        SortedMap<Integer, SortedMap<Integer, FabricPort>> toRanks = new TreeMap<>();
        for (PreviousWay way : ways) {
            Link up = links.between(way.from().leaf(), spines.get(way));
            crossed.add(up);
            crossed.add(links.between(spines.get(way), way.leaf()));
            int rank = way.from().rank();
            way.detour().ifPresentOrElse(
                    detour -> toRanks.computeIfAbsent(rank, key -> new TreeMap<>()).put(detour.toRank(), up.from()),
                    () -> toLeaves.computeIfAbsent(rank, key -> new TreeMap<>()).put(way.leaf(), up.from()));
        }
        List<AllocatedMember> members = new ArrayList<>();
        for (AllocatedMember member : before.members()) {
            members.add(member(member, toLeaves.getOrDefault(member.rank(), new TreeMap<>()),
                    toRanks.getOrDefault(member.rank(), new TreeMap<>())));
        }
        ImmutableAllocation next = ImmutableAllocation.copyOf(before).withTag(tag).withOptimal(false)
                .withMembers(withArp(members, crossed))
                .withLinks(crossed.stream().map(link -> ReservedLink.of(link.from(), link.to(), linkBitsPerSecond))
                        .collect(Collectors.toList()));
        return certified(next);
    }

    private Allocation certified(ImmutableAllocation next) {
        Certificate certificate = Certificate.of(request.patterns(), next);
        ImmutableAllocation judged = next.withMaxFlowsPerLink(certificate.maxFlowsPerLink());
        if (request.limitBitsPerSecond().isEmpty()) {
            return judged.withGuarantee(certificate.guarantee());
        }
        SortedMap<Link, Long> held = Reservations.worstCase(judged);
        return judged.withGuarantee(Guarantee.RATE).withLinks(judged.links().stream().map(link -> ReservedLink.of(
                link.from(), link.to(), held.getOrDefault(Link.of(link.from(), link.to()), 0L)))
                .collect(Collectors.toList()));
    }

    /** A member keeps its uplink if any of its ways does, else it is the one that most of them take. */
    private static AllocatedMember member(AllocatedMember member, SortedMap<String, FabricPort> toLeaves,
                                          SortedMap<Integer, FabricPort> toRanks) {
        if (toLeaves.isEmpty()) {
            return member;
        }
        FabricPort uplink = member.uplink().filter(toLeaves::containsValue).orElseGet(() -> mostCommon(toLeaves.values()));
        return ImmutableAllocatedMember.copyOf(member).withUplink(uplink)
                .withLeafDetours(toLeaves.entrySet().stream().filter(each -> !each.getValue().equals(uplink))
                        .map(each -> LeafDetour.of(each.getKey(), each.getValue())).collect(Collectors.toList()))
                .withDetours(toRanks.entrySet().stream().map(each -> Detour.of(each.getKey(), each.getValue()))
                        .collect(Collectors.toList()));
    }

    private static FabricPort mostCommon(Collection<FabricPort> ports) {
        SortedMap<FabricPort, Integer> counts = new TreeMap<>();
        ports.forEach(port -> counts.merge(port, 1, Integer::sum));
        BinaryOperator<FabricPort> more = (one, other) -> counts.get(other) > counts.get(one) ? other : one;
        return counts.keySet().stream().reduce(more).orElseThrow();
    }

    /**
     * ARP goes where it went if that link is there still; else all of a leaf's by the uplink that most of its members
     * have. Of a shared slice a member's ARP goes by its own, so that no link has more senders than it must.
     */
    private List<AllocatedMember> withArp(List<AllocatedMember> members, SortedSet<Link> crossed) {
        SortedSet<FabricPort> ports = crossed.stream().map(Link::from).collect(Collectors.toCollection(TreeSet::new));
        Map<String, List<AllocatedMember>> byLeaf = members.stream().collect(Collectors.groupingBy(AllocatedMember::leaf));
        return members.stream().map(member -> {
            if (Ways.arpUplink(member).filter(ports::contains).isPresent() && !isOwn(member)
                    || member.uplink().isEmpty()) {
                return member;
            }
            List<FabricPort> uplinks = byLeaf.get(member.leaf()).stream().flatMap(each -> each.uplink().stream())
                    .collect(Collectors.toList());
            return ImmutableAllocatedMember.copyOf(member).withArpUplink(request.limitBitsPerSecond().isPresent()
                    ? member.uplink() : Optional.of(mostCommon(uplinks)));
        }).collect(Collectors.toList());
    }

    private boolean isOwn(AllocatedMember member) {
        return request.limitBitsPerSecond().isPresent() && !member.arpUplink().equals(member.uplink());
    }
}
