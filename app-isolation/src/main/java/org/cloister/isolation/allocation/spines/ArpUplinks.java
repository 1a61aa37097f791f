package org.cloister.isolation.allocation.spines;

import org.cloister.isolation.allocation.colouring.Colouring;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Chooses one spine per leaf for the ARP of all of the leaf's members, out of those that the leaf sends to anyway.
 *
 * <p>ONOS cannot match a prefix of an ARP target address, so a spine that carries ARP needs a rule per member. With
 * few such spines the rules of a slice grow with its members, not with members times spines. A greedy hitting set: the
 * spine that serves most of the leaves that are left, ties to the one to be taken first; mostly one spine serves all.
 */
final class ArpUplinks {

    private ArpUplinks() {
    }

    /**
     * Returns the number of each leaf's ARP spine.
     *
     * @param sentTo the numbers of the spines to choose from at each leaf; {@link Colouring#NONE} is chosen of none
     */
    static int[] choose(BitSet[] sentTo) {
        int[] chosen = new int[sentTo.length];
        BitSet left = new BitSet();
        left.set(0, sentTo.length);
        for (int leaf = 0; leaf < sentTo.length; leaf++) {
            if (sentTo[leaf].isEmpty()) {
                chosen[leaf] = Colouring.NONE;
                left.clear(leaf);
            }
        }
        while (!left.isEmpty()) {
            int spine = mostCommon(sentTo, left);
            for (int leaf = left.nextSetBit(0); leaf >= 0; leaf = left.nextSetBit(leaf + 1)) {
                if (sentTo[leaf].get(spine)) {
                    chosen[leaf] = spine;
                    left.clear(leaf);
                }
            }
        }
        return chosen;
    }

    private static int mostCommon(BitSet[] sentTo, BitSet left) {
        int spines = Arrays.stream(sentTo).mapToInt(BitSet::length).max().orElse(0);
        int best = 0;
        long most = 0;
        for (int spine = 0; spine < spines; spine++) {
            int candidate = spine;
            long leaves = left.stream().filter(leaf -> sentTo[leaf].get(candidate)).count();
            if (leaves > most) {
                most = leaves;
                best = spine;
            }
        }
        return best;
    }
}
