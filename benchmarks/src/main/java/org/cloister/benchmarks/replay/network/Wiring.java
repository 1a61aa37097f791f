package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayFabric;

/**
 * The links that flows may share, by number, and how flows are spread over them. Capacities are in units of what a NIC
 * sends.
 */
public final class Wiring {

    private final int leaves;
    private final int uplinks;
    private final double capacity;
    private final int queuePairs;

    /**
     * Creates a wiring.
     *
     * @param uplinks how many links from and to each leaf a hash chooses from
     * @param capacity what each of them carries, in NICs
     * @param queuePairs how many are hashed, each on its own, for each flow, whose bytes they share
     */
    public Wiring(int leaves, int uplinks, double capacity, int queuePairs) {
        this.leaves = leaves;
        this.uplinks = uplinks;
        this.capacity = capacity;
        this.queuePairs = queuePairs;
    }

    /**
     * Returns the wiring on which jobs share links under a policy. Packets that are sprayed see all uplinks of a leaf
     * as one that carries what they carry together.
     *
     * @throws IllegalArgumentException if no two jobs share a link under the policy
     */
    public static Wiring of(ReplayFabric fabric, Policy policy) {
        int uplinks = fabric.uplinks();
        if (policy == Policy.SPRAY) {
            return new Wiring(fabric.leaves(), 1, uplinks, 1);
        }
        if (policy.queuePairs() == 0) {
            throw new IllegalArgumentException("policy " + policy.text() + " shares no links");
        }
        return new Wiring(fabric.leaves(), uplinks, 1, policy.queuePairs());
    }

    /** Returns the number of links, of both directions. */
    int links() {
        return 2 * leaves * uplinks;
    }

    int uplinks() {
        return uplinks;
    }

    double capacity() {
        return capacity;
    }

    int queuePairs() {
        return queuePairs;
    }

    int up(int leaf, int uplink) {
        return leaf * uplinks + uplink;
    }

    int down(int leaf, int uplink) {
        return (leaves + leaf) * uplinks + uplink;
    }
}
