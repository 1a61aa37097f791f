package org.cloister.isolation.allocation.repacking;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.FabricIndex;
import org.cloister.isolation.fabric.Link;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The same allocation over other spines: every packet takes the way that it took, with some spines in place of others. */
final class Repinned {

    private Repinned() {
    }

    /**
     * Returns the link in place of each one that an allocation has.
     *
     * @param spines the spine at each place
     * @param free whether a link can be taken
     * @throws IllegalArgumentException if none can that is needed
     */
    static Map<Link, Link> links(FabricIndex fabric, Pins pins, int[] spines, Predicate<Link> free) {
        Map<Link, Link> links = new HashMap<>();
        Set<Link> taken = new HashSet<>();
        for (int place = 0; place < pins.size(); place++) {
            for (int index = 0; index < pins.ends(place).length; index++) {
                int end = pins.ends(place)[index];
                Link before = pins.links(place).get(index);
                List<Link> there = end % 2 == 0 ? fabric.up(end / 2, spines[place]) : fabric.down(end / 2, spines[place]);
                Link after = spines[place] == pins.spines()[place] && free.test(before) ? before
                        : there.stream().filter(link -> free.test(link) && !taken.contains(link)).findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no link is free in place of " + before));
                taken.add(after);
                links.put(before, after);
            }
        }
        return links;
    }

    /** Returns the allocation with each link replaced. */
    static Allocation of(Allocation allocation, Map<Link, Link> links, int tag) {
        Map<FabricPort, FabricPort> ports = new HashMap<>();
        links.forEach((before, after) -> ports.put(before.from(), after.from()));
        UnaryOperator<FabricPort> moved = port -> ports.getOrDefault(port, port);
        return ImmutableAllocation.copyOf(allocation).withTag(tag)
                .withLinks(allocation.links().stream().map(link -> moved(link, links))
                        .sorted(Comparator.comparing(link -> Link.of(link.from(), link.to())))
                        .collect(Collectors.toList()))
                .withMembers(allocation.members().stream().map(member -> moved(member, moved))
                        .collect(Collectors.toList()));
    }

    private static ReservedLink moved(ReservedLink link, Map<Link, Link> links) {
        Link after = links.get(Link.of(link.from(), link.to()));
        return ReservedLink.of(after.from(), after.to(), link.reservedBitsPerSecond());
    }

    private static AllocatedMember moved(AllocatedMember member, UnaryOperator<FabricPort> ports) {
        return ImmutableAllocatedMember.copyOf(member).withUplink(member.uplink().map(ports))
                .withArpUplink(member.arpUplink().map(ports))
                .withLeafDetours(member.leafDetours().stream()
                        .map(detour -> LeafDetour.of(detour.toLeaf(), ports.apply(detour.uplink())))
                        .collect(Collectors.toList()))
                .withDetours(member.detours().stream()
                        .map(detour -> Detour.of(detour.toRank(), ports.apply(detour.uplink())))
                        .collect(Collectors.toList()));
    }
}
