package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which sources an allocation pins to which of its links, by index in {@link Allocation#links()}. */
final class Pinning {

    /** No link of the allocation. */
    static final int NONE = -1;

    private final Attachments attachments;
    private final int[] up;
    private final int[][] down;
    private final BitSet[] sources;
    private final int[] leafAhead;

    Pinning(Allocation allocation, Attachments attachments) {
        this.attachments = attachments;
        List<ReservedLink> links = allocation.links();
        this.up = new int[attachments.size()];
        this.down = new int[attachments.size()][attachments.leaves().size()];
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
            int uplink = member.uplink().map(port -> byPort.getOrDefault(port, NONE)).orElse(NONE);
            String spine = uplink == NONE ? "" : links.get(uplink).to().switchName();
            pin(member.rank(), uplink, bySwitches.getOrDefault(spine, Map.of()));
        }
    }

    private void pin(int rank, int uplink, Map<String, Integer> downlinks) {
        up[rank] = uplink;
        if (uplink != NONE) {
            sources[uplink].set(rank);
        }
        for (int leaf = 0; leaf < down[rank].length; leaf++) {
            down[rank][leaf] = leaf == attachments.leaf(rank) ? NONE
                    : downlinks.getOrDefault(attachments.leaves().get(leaf), NONE);
            if (down[rank][leaf] != NONE) {
                sources[down[rank][leaf]].set(rank);
            }
        }
    }

    /** Returns the number of links. */
    int links() {
        return sources.length;
    }

    /** Returns the link that all that a rank sends to other leaves crosses first. */
    int up(int rank) {
        return up[rank];
    }

    /** Returns the link that all that a rank sends to another leaf crosses last. */
    int down(int rank, int leaf) {
        return down[rank][leaf];
    }

    /** Returns the sources pinned to a link; callers must not change the set. */
    BitSet sources(int link) {
        return sources[link];
    }

    /** Returns the ranks that a link to a leaf leads to; empty for a link to a spine, which leads to all others. */
    Optional<BitSet> ahead(int link) {
        return leafAhead[link] == NONE ? Optional.empty() : Optional.of(attachments.on(leafAhead[link]));
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
                if (up[source] == NONE || down[source][attachments.leaf(to)] == NONE) {
                    throw new IllegalArgumentException("rank " + source + " has no way to rank " + to
                            + " over links of the allocation");
                }
            }
        }
    }
}
