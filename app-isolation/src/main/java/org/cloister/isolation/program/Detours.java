package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.routing.Prefixes;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What of a member's IPv4 goes up by another port than its own uplink, as destinations to match. */
final class Detours {

    private final Slicing slice;
    private final boolean prefixes;
    private final Map<String, Collection<Ip4Address>> addresses = new HashMap<>();
    private final Map<List<Object>, List<Ip4Prefix>> covers = new HashMap<>();

    Detours(Slicing slice, boolean prefixes) {
        this.slice = slice;
        this.prefixes = prefixes;
        slice.byLeaf().forEach((leaf, members) -> addresses.put(leaf, Slicing.addresses(members)));
    }

    /**
     * Returns, by port, the destinations on other leaves. Leaves with the same port are covered together; what is for
     * members of the own leaf never comes here, and may be covered, too.
     */
    SortedMap<FabricPort, List<Ip4Prefix>> toLeaves(AllocatedMember member) {
        SortedMap<FabricPort, Set<String>> byPort = new TreeMap<>();
        for (LeafDetour detour : member.leafDetours()) {
            if (!member.uplink().filter(detour.uplink()::equals).isPresent()) {
                byPort.computeIfAbsent(detour.uplink(), port -> new TreeSet<>()).add(detour.toLeaf());
            }
        }
        SortedMap<FabricPort, List<Ip4Prefix>> destinations = new TreeMap<>();
        byPort.forEach((port, leaves) -> destinations.put(port,
                covers.computeIfAbsent(List.of(member.leaf(), leaves), key -> cover(member.leaf(), leaves))));
        return destinations;
    }

    /** The same for all members of a leaf, which mostly have the same detours: it takes all addresses of the slice. */
    private List<Ip4Prefix> cover(String own, Set<String> leaves) {
        List<Ip4Address> inside = new ArrayList<>();
        leaves.forEach(leaf -> inside.addAll(addresses.getOrDefault(leaf, List.of())));
        if (!prefixes) {
            return single(inside);
        }
        // with one of the own leaf outside, no prefix is 0.0.0.0/0, which switches report as no condition at all
        List<Ip4Address> outside = addresses.getOrDefault(own, List.of()).stream().min(Comparator.naturalOrder())
                .map(List::of).map(ArrayList::new).orElseGet(ArrayList::new);
        addresses.forEach((leaf, there) -> {
            if (!leaves.contains(leaf) && !leaf.equals(own)) {
                outside.addAll(there);
            }
        });
        return Prefixes.cover(inside, outside);
    }

    /** Returns, by destination, the ports for the single members that a member has detours to. */
    Map<Ip4Prefix, FabricPort> toMembers(AllocatedMember member) {
        Map<Ip4Prefix, FabricPort> ports = new LinkedHashMap<>();
        for (Detour detour : member.detours()) {
            single(Slicing.addresses(List.of(slice.members().get(detour.toRank()))))
                    .forEach(prefix -> ports.put(prefix, detour.uplink()));
        }
        return ports;
    }

    private static List<Ip4Prefix> single(Collection<Ip4Address> addresses) {
        return addresses.stream().map(address -> Ip4Prefix.valueOf(address, Ip4Prefix.MAX_MASK_LENGTH))
                .collect(Collectors.toList());
    }
}
