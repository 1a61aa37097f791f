package org.cloister.isolation.allocation.contention;

import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sources an allocation pins to which of its links, by index in {@link Allocation#links()}. In numbers, as all
 * pairs of a large slice are asked for.
 */
final class Pinning {

    /** No link of the allocation. */
    static final int NONE = -1;

    private final Attachments attachments;
    private final Map<FabricPort, Integer> byPort = new HashMap<>();
    private final Map<String, int[]> downs = new HashMap<>();
    private final Map<FabricPort, Way> byUplink = new HashMap<>();
    private final int[] leafAhead;
    private final BitSet[] sources;
    /** By rank, then by leaf, where what it has no detour for goes. */
    private final Way[][] toLeaves;
    private final List<Map<Integer, Way>> detours = new ArrayList<>();
    /** By rank, those that it has a detour to. */
    private final BitSet[] detoured;

    Pinning(Allocation allocation, Attachments attachments) {
        this.attachments = attachments;
        int leaves = attachments.leaves().size();
        List<ReservedLink> links = allocation.links();
        this.leafAhead = new int[links.size()];
        this.sources = new BitSet[links.size()];
        Arrays.setAll(sources, link -> new BitSet());
        Map<String, Integer> leafNumbers = new HashMap<>();
        attachments.leaves().forEach(leaf -> leafNumbers.put(leaf, leafNumbers.size()));
        for (int link = 0; link < leafAhead.length; link++) {
            ReservedLink reserved = links.get(link);
            leafAhead[link] = leafNumbers.getOrDefault(reserved.to().switchName(), NONE);
            byPort.put(reserved.from(), link);
            int[] onwards = downs.computeIfAbsent(reserved.from().switchName(), name -> none(leaves));
            // links are sorted: of parallel ones the lowest is taken
            if (leafAhead[link] != NONE && onwards[leafAhead[link]] == NONE) {
                onwards[leafAhead[link]] = link;
            }
        }
        this.toLeaves = new Way[attachments.size()][];
        this.detoured = new BitSet[attachments.size()];
        for (AllocatedMember member : allocation.members()) {
            Way[] ways = new Way[leaves];
            Arrays.fill(ways, member.uplink().map(port -> way(port, links)).orElse(Way.NOWHERE));
            for (LeafDetour detour : member.leafDetours()) {
                Integer leaf = leafNumbers.get(detour.toLeaf());
                if (leaf != null) {
                    ways[leaf] = way(detour.uplink(), links);
                }
            }
            toLeaves[member.rank()] = ways;
            Map<Integer, Way> single = new HashMap<>();
            for (Detour detour : member.detours()) {
                single.put(detour.toRank(), way(detour.uplink(), links));
            }
            detours.add(single);
            BitSet to = new BitSet();
            single.keySet().forEach(to::set);
            detoured[member.rank()] = to;
            pin(member.rank());
        }
    }

    private static int[] none(int count) {
        int[] none = new int[count];
        Arrays.fill(none, NONE);
        return none;
    }

    private Way way(FabricPort port, List<ReservedLink> links) {
        return byUplink.computeIfAbsent(port, first -> {
            int up = byPort.getOrDefault(port, NONE);
            if (up == NONE) {
                return Way.NOWHERE;
            }
            int[] down = downs.getOrDefault(links.get(up).to().switchName(), none(attachments.leaves().size()));
            if (leafAhead[up] != NONE) {
                // two leaves are joined directly: what arrives at one goes no further
                down = none(attachments.leaves().size());
                down[leafAhead[up]] = up;
            }
            return new Way(up, down);
        });
    }

    private void pin(int rank) {
        for (int leaf = 0; leaf < toLeaves[rank].length; leaf++) {
            if (leaf != attachments.leaf(rank)) {
                pin(rank, toLeaves[rank][leaf], leaf);
            }
        }
        detours.get(rank).forEach((to, way) -> pin(rank, way, attachments.leaf(to)));
    }

    private void pin(int rank, Way way, int leaf) {
        if (way.leadsTo(leaf)) {
            sources[way.up].set(rank);
            sources[way.down[leaf]].set(rank);
        }
    }

    private Way way(int rank, int to) {
        return detoured[rank].get(to) ? detours.get(rank).get(to) : toLeaves[rank][attachments.leaf(to)];
    }

    /** Returns the number of links. */
    int links() {
        return sources.length;
    }

    /** Returns the link that what a rank sends to another leaf's rank crosses first. */
    int up(int rank, int to) {
        return way(rank, to).up;
    }

    /** Returns the link that what a rank sends to another leaf's rank crosses last: the first one if it is all. */
    int down(int rank, int to) {
        Way way = way(rank, to);
        return way.up == NONE ? NONE : way.down[attachments.leaf(to)];
    }

    /** Returns the sources pinned to a link; callers must not change the set. */
    BitSet sources(int link) {
        return sources[link];
    }

    /** Returns the ranks that what a source sends to, or would send to, goes over a link; a set of its own. */
    BitSet over(int link, int source) {
        BitSet over = new BitSet(attachments.size());
        Way[] ways = toLeaves[source];
        for (int leaf = 0; leaf < ways.length; leaf++) {
            if (leaf != attachments.leaf(source) && ways[leaf].crosses(link, leaf)) {
                over.or(attachments.on(leaf));
            }
        }
        detours.get(source).forEach((to, way) -> over.set(to, way.crosses(link, attachments.leaf(to))));
        return over;
    }

    /**
     * Returns what pairs load the links with; pairs without a way load none.
     *
     * @param destinations by source, those that are reached across the fabric
     */
    LinkLoads loads(BitSet[] destinations) {
        LinkLoads loads = new LinkLoads(sources.length);
        for (int source = 0; source < destinations.length; source++) {
            for (int leaf = 0; leaf < toLeaves[source].length; leaf++) {
                BitSet there = (BitSet) attachments.on(leaf).clone();
                there.and(destinations[source]);
                there.andNot(detoured[source]);
                load(loads, toLeaves[source][leaf], source, leaf, there);
            }
            for (Map.Entry<Integer, Way> detour : detours.get(source).entrySet()) {
                BitSet there = new BitSet();
                there.set(detour.getKey(), destinations[source].get(detour.getKey()));
                load(loads, detour.getValue(), source, attachments.leaf(detour.getKey()), there);
            }
        }
        return loads;
    }

    private static void load(LinkLoads loads, Way way, int source, int leaf, BitSet to) {
        if (!to.isEmpty() && way.leadsTo(leaf)) {
            loads.add(way.up, source, to);
            if (way.down[leaf] != way.up) {
                loads.add(way.down[leaf], source, to);
            }
        }
    }

    /**
     * Checks that there is a way for pairs.
     *
     * @param destinations by source, those that are reached across the fabric
     * @throws IllegalArgumentException if a pair has none over links of the allocation
     */
    void requireWays(BitSet[] destinations) {
        for (int source = 0; source < destinations.length; source++) {
            BitSet lost = new BitSet();
            for (int leaf = 0; leaf < toLeaves[source].length; leaf++) {
                if (!toLeaves[source][leaf].leadsTo(leaf)) {
                    lost.or(attachments.on(leaf));
                }
            }
            detours.get(source).forEach((to, way) -> lost.set(to, !way.leadsTo(attachments.leaf(to))));
            lost.and(destinations[source]);
            if (!lost.isEmpty()) {
                throw new IllegalArgumentException("rank " + source + " has no way to rank " + lost.nextSetBit(0)
                        + " over links of the allocation");
            }
        }
    }

    /** One uplink with the links that lead on from it, by leaf. */
    private static final class Way {

        private static final Way NOWHERE = new Way(NONE, new int[0]);

        private final int up;
        private final int[] down;

        Way(int up, int[] down) {
            this.up = up;
            this.down = down;
        }

        boolean leadsTo(int leaf) {
            return up != NONE && down[leaf] != NONE;
        }

        boolean crosses(int link, int leaf) {
            return up != NONE && (up == link && down[leaf] != NONE || down[leaf] == link);
        }
    }
}
