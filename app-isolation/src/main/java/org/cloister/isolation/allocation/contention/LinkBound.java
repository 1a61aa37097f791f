package org.cloister.isolation.allocation.contention;

import org.cloister.isolation.api.Allocation.Reach;

/**
 * How many directed links a demand cannot do without: each leaf's {@link MinimumLinks}; one each way at least where
 * all members reach each other, and at a leaf that sends or receives, as who is sent to must answer.
 */
public final class LinkBound {

    private final int links;

    /**
     * Works the bound out.
     *
     * @param minimum what the demand needs at each leaf
     * @param leaves how many leaves there are
     * @param reach which members reach each other
     */
    public LinkBound(MinimumLinks minimum, int leaves, Reach reach) {
        int sum = 0;
        for (int leaf = 0; leaf < leaves; leaf++) {
            boolean takesPart = leaves > 1 && reach == Reach.ALL || minimum.out(leaf) + minimum.in(leaf) > 0;
            int least = takesPart ? 1 : 0;
            sum += Math.max(least, minimum.out(leaf)) + Math.max(least, minimum.in(leaf));
        }
        this.links = sum;
    }

    /** Returns the figure. */
    public int links() {
        return links;
    }
}
