package org.cloister.isolation.allocation.spines;

import org.cloister.isolation.allocation.HeldLinks;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The links between some leaves and the spines that rates may be reserved on, with what is free of them. Of parallel
 * links one counts: one that the slice has already, else the fullest one that has room for all that may be asked of
 * it, else the emptiest.
 *
 * <p>Spines that are in use are to be taken first, those with fewest untouched links, then those with least free, so
 * that whole spines stay free for exclusive slices.
 */
public final class SharedLinks implements SpineLinks {

    private final Fabric fabric;
    private final Ledger ledger;
    private final List<String> spines;
    private final Link[][] up;
    private final Link[][] down;

    /**
     * Looks the links up.
     *
     * @param spines in the order of {@link #spinesToTake}
     * @param attachments the leaves, and how many senders there are on each
     * @param rate what each of them sends, bit/s
     * @param preferred those to be taken before others that are parallel to them
     */
    public SharedLinks(Fabric fabric, Ledger ledger, List<String> spines, Attachments attachments, long rate,
                       Set<Link> preferred) {
        this.fabric = fabric;
        this.ledger = ledger;
        this.spines = spines;
        List<String> leaves = attachments.leaves();
        this.up = new Link[leaves.size()][spines.size()];
        this.down = new Link[leaves.size()][spines.size()];
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            long here = attachments.on(leaf).cardinality();
            for (int spine = 0; spine < spines.size(); spine++) {
                up[leaf][spine] = choose(leaves.get(leaf), spines.get(spine), here * rate, preferred);
                down[leaf][spine] = choose(spines.get(spine), leaves.get(leaf), (attachments.size() - here) * rate,
                        preferred);
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

    /** Returns what others leave free of a link, bit/s; 0 if there is no link. */
    public long free(Link link) {
        return link == null ? 0 : free(fabric, ledger, link);
    }

    /** Returns what a ledger leaves free of a link for rates, bit/s. */
    public static long free(Fabric fabric, Ledger ledger, Link link) {
        return ledger.exclusive().contains(link) ? 0
                : Math.max(0, fabric.linkBitsPerSecond() - ledger.reserved().getOrDefault(link, 0L));
    }

    private Link choose(String from, String to, long most, Set<Link> preferred) {
        Link chosen = null;
        for (Link link : SpineLinks.between(fabric, from, to)) {
            if (ledger.exclusive().contains(link)) {
                continue; // out of use, even for who sends over it now
            }
            if (preferred.contains(link)) {
                return link;
            }
            if (chosen == null || fits(link, most) && (!fits(chosen, most) || free(link) < free(chosen))
                    || !fits(chosen, most) && free(link) > free(chosen)) {
                chosen = link;
            }
        }
        return chosen;
    }

    private boolean fits(Link link, long rate) {
        return free(link) >= rate;
    }

    /** Returns the spines' names in the order in which they are to be taken. */
    public static List<String> spinesToTake(Fabric fabric, Ledger ledger) {
        HeldLinks held = ledger.held().of(fabric);
        return IntStream.range(0, fabric.index().spines()).boxed()
                .sorted(Comparator.<Integer>comparingInt(held::untouched).thenComparingLong(held::free)
                        .thenComparing(Comparator.naturalOrder()))
                .map(fabric.index()::spine).collect(Collectors.toUnmodifiableList());
    }
}
