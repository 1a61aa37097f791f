package org.cloister.isolation.allocation.spines;

import org.cloister.isolation.allocation.HeldLinks;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.FabricIndex;
import org.cloister.isolation.fabric.Link;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The links between some leaves and the spines of which nobody holds any part. Of parallel links the first counts, or
 * one that the slice has already.
 *
 * <p>Spines are numbered in the order in which they are to be taken: those with fewest free links first, so that
 * whole spines stay free for slices over many leaves; then by name.
 */
public final class FreeLinks implements SpineLinks {

    private final List<String> spines;
    private final Link[][] up;
    private final Link[][] down;
    private boolean parallel;

    /**
     * Looks the free links up.
     *
     * @param leaves the leaves by number
     */
    public FreeLinks(Fabric fabric, Ledger ledger, List<String> leaves) {
        this(fabric, ledger, leaves, Collections.emptySet());
    }

    /**
     * Looks the free links up.
     *
     * @param leaves the leaves by number
     * @param preferred those to be taken before others that are parallel to them
     */
    public FreeLinks(Fabric fabric, Ledger ledger, List<String> leaves, Set<Link> preferred) {
        FabricIndex index = fabric.index();
        HeldLinks held = ledger.held().of(fabric);
        int[] order = order(index, held);
        this.spines = names(index, order);
        this.up = new Link[leaves.size()][order.length];
        this.down = new Link[leaves.size()][order.length];
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            int number = index.leafNumber(leaves.get(leaf));
            for (int spine = 0; spine < order.length && number >= 0; spine++) {
                up[leaf][spine] = firstFree(index.up(number, order[spine]), held, preferred);
                down[leaf][spine] = firstFree(index.down(number, order[spine]), held, preferred);
                parallel |= severalFree(index.up(number, order[spine]), held)
                        || severalFree(index.down(number, order[spine]), held);
            }
        }
    }

    @Override
    public List<String> spines() {
        return spines;
    }

    @Override
    public Link up(int leaf, int spine) {
        return up[leaf][spine];
    }

    @Override
    public Link down(int leaf, int spine) {
        return down[leaf][spine];
    }

    /** Returns the number of spines with a free link from a leaf. */
    int freeUp(int leaf) {
        return (int) IntStream.range(0, spines.size()).filter(spine -> up[leaf][spine] != null).count();
    }

    /** Returns the number of spines with a free link to a leaf. */
    int freeDown(int leaf) {
        return (int) IntStream.range(0, spines.size()).filter(spine -> down[leaf][spine] != null).count();
    }

    /** Returns whether a link is one of those that count. */
    public boolean contains(Link link) {
        return Arrays.stream(up).anyMatch(row -> Arrays.asList(row).contains(link))
                || Arrays.stream(down).anyMatch(row -> Arrays.asList(row).contains(link));
    }

    /** Returns the spines with a free link up from a leaf. */
    public BitSet spinesUp(int leaf) {
        return there(up[leaf]);
    }

    /** Returns the spines with a free link down to a leaf. */
    public BitSet spinesDown(int leaf) {
        return there(down[leaf]);
    }

    private static BitSet there(Link[] links) {
        BitSet there = new BitSet(links.length);
        for (int spine = 0; spine < links.length; spine++) {
            there.set(spine, links[spine] != null);
        }
        return there;
    }

    /** Returns whether links are free that do not count, beside others that do. */
    public boolean hasParallel() {
        return parallel;
    }

    private static boolean severalFree(List<Link> links, HeldLinks held) {
        return links.size() > 1 && links.stream().filter(link -> !held.contains(link)).count() > 1;
    }

    private static Link firstFree(List<Link> links, HeldLinks held, Set<Link> preferred) {
        Link first = null;
        for (Link link : links) {
            if (!held.contains(link)) {
                if (preferred.contains(link)) {
                    return link;
                }
                first = first == null ? link : first;
            }
        }
        return first;
    }

    private static int[] order(FabricIndex index, HeldLinks held) {
        return IntStream.range(0, index.spines()).boxed()
                .sorted(Comparator.<Integer>comparingInt(held::untouched).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue).toArray();
    }

    private static List<String> names(FabricIndex index, int[] order) {
        return Arrays.stream(order).mapToObj(index::spine).collect(Collectors.toUnmodifiableList());
    }
}
