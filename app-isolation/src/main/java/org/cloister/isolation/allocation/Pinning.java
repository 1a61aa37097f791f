package org.cloister.isolation.allocation;

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
        if (way.up != NONE && way.down[leaf] != NONE) {
            sources[way.up].set(rank);
            sources[way.down[leaf]].set(rank);
        }
    }

    private Way way(int rank, int to) {
        Map<Integer, Way> single = detours.get(rank);
        Way detour = single.isEmpty() ? null : single.get(to);
        return detour != null ? detour : toLeaves[rank][attachments.leaf(to)];
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
     * Checks that there is a way for pairs.
     *
     * @param destinations by source, those that are reached across the fabric
     * @throws IllegalArgumentException if a pair has none over links of the allocation
     */
    void requireWays(BitSet[] destinations) {
        for (int source = 0; source < destinations.length; source++) {
            for (int to = destinations[source].nextSetBit(0); to >= 0; to = destinations[source].nextSetBit(to + 1)) {
                if (down(source, to) == NONE) {
                    throw new IllegalArgumentException("rank " + source + " has no way to rank " + to
                            + " over links of the allocation");
                }
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

        boolean crosses(int link, int leaf) {
            return up != NONE && (up == link && down[leaf] != NONE || down[leaf] == link);
        }
    }
}
