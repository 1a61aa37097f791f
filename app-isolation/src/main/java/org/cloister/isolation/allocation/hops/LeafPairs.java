package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.api.Allocation.Reach;

import java.util.Arrays;
import java.util.BitSet;

/** Which leaves need a way to which others: by leaf, the leaves that it has to reach. */
final class LeafPairs {

    private final BitSet[] needed;
    private final Reach reach;

    private LeafPairs(BitSet[] needed, Reach reach) {
        this.needed = needed;
        this.reach = reach;
    }

    /** Returns the need of a slice all of whose members reach each other. */
    static LeafPairs all(int leaves) {
        BitSet[] needed = new BitSet[leaves];
        for (int leaf = 0; leaf < leaves; leaf++) {
            needed[leaf] = new BitSet(leaves);
            needed[leaf].set(0, leaves);
            needed[leaf].clear(leaf);
        }
        return new LeafPairs(needed, Reach.ALL);
    }

    /** Returns the need of pairs that send to each other, both ways: who is sent to must answer. */
    static LeafPairs of(Flows flows, int leaves) {
        BitSet[] needed = new BitSet[leaves];
        Arrays.setAll(needed, leaf -> new BitSet(leaves));
        for (int flow = 0; flow < flows.size(); flow++) {
            needed[flows.fromLeaf(flow)].set(flows.toLeaf(flow));
            needed[flows.toLeaf(flow)].set(flows.fromLeaf(flow));
        }
        return new LeafPairs(needed, Reach.PATTERNS);
    }

    /** Returns the leaves that one has to reach; callers must not change the set. */
    BitSet from(int leaf) {
        return needed[leaf];
    }

    /** Returns the number of leaves. */
    int leaves() {
        return needed.length;
    }

    /** Returns what a slice with these ways calls its reach. */
    Reach reach() {
        return reach;
    }

    /** Returns whether each needed pair has a spine in common, by leaf the spines that a link goes to and comes from. */
    boolean areMet(BitSet[] up, BitSet[] down) {
        for (int from = 0; from < needed.length; from++) {
            for (int to = needed[from].nextSetBit(0); to >= 0; to = needed[from].nextSetBit(to + 1)) {
                if (!up[from].intersects(down[to])) {
                    return false;
                }
            }
        }
        return true;
    }
}
