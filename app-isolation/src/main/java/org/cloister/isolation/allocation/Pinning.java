package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which sources an allocation pins to which of its links, by index in {@link Allocation#links()}. */
final class Pinning {

    /** No link of the allocation. */
    static final int NONE = -1;

    private final Attachments attachments;
    private final List<List<Way>> ways = new ArrayList<>();
    private final BitSet[] sources;
    private final int[] leafAhead;

    Pinning(Allocation allocation, Attachments attachments) {
        this.attachments = attachments;
        List<ReservedLink> links = allocation.links();
        this.sources = new BitSet[links.size()];
        Arrays.setAll(sources, link -> new BitSet());
        this.leafAhead = new int[links.size()];
        Map<FabricPort, Integer> byPort = new HashMap<>();
        Map<String, Map<String, Integer>> bySwitches = new HashMap<>();
        for (int link = 0; link < links.size(); link++) {
            ReservedLink reserved = links.get(link);
            leafAhead[link] = attachments.leaves().indexOf(reserved.to().switchName());
            byPort.put(reserved.from(), link);
            bySwitches.computeIfAbsent(reserved.from().switchName(), name -> new HashMap<>())
                    .put(reserved.to().switchName(), link);
        }
        for (AllocatedMember member : allocation.members()) {
            BitSet others = new BitSet();
            others.set(0, attachments.size());
            Map<FabricPort, BitSet> byUplink = new LinkedHashMap<>();
            for (Detour detour : member.detours()) {
                others.clear(detour.toRank());
                byUplink.computeIfAbsent(detour.uplink(), port -> new BitSet()).set(detour.toRank());
            }
            List<Way> all = new ArrayList<>();
            all.add(way(member, member.uplink(), others, links, byPort, bySwitches));
            byUplink.forEach((port, to) -> all.add(way(member, Optional.of(port), to, links, byPort, bySwitches)));
            ways.add(all);
        }
    }

    private Way way(AllocatedMember member, Optional<FabricPort> port, BitSet destinations, List<ReservedLink> links,
                    Map<FabricPort, Integer> byPort, Map<String, Map<String, Integer>> bySwitches) {
        int up = port.map(known -> byPort.getOrDefault(known, NONE)).orElse(NONE);
        String spine = up == NONE ? "" : links.get(up).to().switchName();
        Map<String, Integer> onwards = bySwitches.getOrDefault(spine, Map.of());
        int[] down = new int[attachments.leaves().size()];
        if (up != NONE) {
            sources[up].set(member.rank());
        }
        for (int leaf = 0; leaf < down.length; leaf++) {
            down[leaf] = leaf == attachments.leaf(member.rank()) ? NONE
                    : onwards.getOrDefault(attachments.leaves().get(leaf), NONE);
            if (down[leaf] != NONE) {
                sources[down[leaf]].set(member.rank());
            }
        }
        return new Way(up, down, destinations);
    }

    private Way way(int rank, int to) {
        return ways.get(rank).stream().filter(way -> way.destinations.get(to)).findFirst().orElseThrow();
    }

    /** Returns the number of links. */
    int links() {
        return sources.length;
    }

    /** Returns the link that what a rank sends to another leaf's rank crosses first. */
    int up(int rank, int to) {
        return way(rank, to).up;
    }

    /** Returns the link that what a rank sends to another leaf's rank crosses last. */
    int down(int rank, int to) {
        return way(rank, to).down[attachments.leaf(to)];
    }

    /** Returns the sources pinned to a link; callers must not change the set. */
    BitSet sources(int link) {
        return sources[link];
    }

    /** Returns the ranks that what a source sends to, or would send to, goes over a link; a set of its own. */
    BitSet over(int link, int source) {
        BitSet over = new BitSet();
        for (Way way : ways.get(source)) {
            if (way.up == link) {
                over.or(way.destinations);
            } else if (leafAhead[link] != NONE && way.down[leafAhead[link]] == link) {
                BitSet here = (BitSet) way.destinations.clone();
                here.and(attachments.on(leafAhead[link]));
                over.or(here);
            }
        }
        return over;
    }

    /**
     * Checks that there is a way for pairs.
     *
     * @param destinations by source, those that are reached across the fabric
     * @throws IllegalArgumentException if a pair has none over links of the allocation
     */
    void requireWays(BitSet[] destinations) {
        for (int source = 0; source < destinations.length; source++) {
            for (int to = destinations[source].nextSetBit(0); to >= 0; to = destinations[source].nextSetBit(to + 1)) {
                if (up(source, to) == NONE || down(source, to) == NONE) {
                    throw new IllegalArgumentException("rank " + source + " has no way to rank " + to
                            + " over links of the allocation");
                }
            }
        }
    }

    /** One uplink with the links that lead on from it, by leaf, and the destinations that take it. */
    private static final class Way {
        private final int up;
        private final int[] down;
        private final BitSet destinations;

        Way(int up, int[] down, BitSet destinations) {
            this.up = up;
            this.down = down;
            this.destinations = destinations;
        }
    }
}
