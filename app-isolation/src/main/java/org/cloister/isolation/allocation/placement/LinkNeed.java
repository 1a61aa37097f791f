package org.cloister.isolation.allocation.placement;

/** How many links a slice needs at each of its leaves, each way; none on a single leaf. */
public final class LinkNeed {

    private static final LinkNeed HOSE = new LinkNeed(Integer.MAX_VALUE);

    private final int most;

    private LinkNeed(int most) {
        this.most = most;
    }

    /** Returns the need of a slice in which any member may send to any other: min(d, N - d) with d of N hosts here. */
    public static LinkNeed hose() {
        return HOSE;
    }

    /**
     * Returns the need of a slice of which never more pairs than a number leave a leaf at the same time: a ring over
     * ranks that are dealt out leaf by leaf has 1.
     *
     * @param pairs at least 1
     */
    public static LinkNeed atMost(int pairs) {
        if (pairs < 1) {
            throw new IllegalArgumentException("a need of " + pairs + " links");
        }
        return new LinkNeed(pairs);
    }

    /** Returns the links needed each way at a leaf with so many of all hosts. */
    public int links(int here, int all) {
        return Math.min(most, Math.min(here, all - here));
    }

    @Override
    public String toString() {
        return this == HOSE ? "hose" : "at most " + most;
    }
}
