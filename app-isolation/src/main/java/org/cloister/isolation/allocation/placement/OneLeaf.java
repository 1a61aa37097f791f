package org.cloister.isolation.allocation.placement;

/** One leaf, the one with the fewest free hosts that do. */
final class OneLeaf implements ShapeSearch {

    private final FreeLeaves free;
    private final int hosts;
    private boolean done;

    OneLeaf(FreeLeaves free, int hosts) {
        this.free = free;
        this.hosts = hosts;
    }

    @Override
    public Shape next() {
        int at = free.firstWith(hosts);
        if (done || at == free.size()) {
            return null;
        }
        done = true;
        return new Shape(new int[] {free.leaf(at)}, new int[] {hosts});
    }
}
