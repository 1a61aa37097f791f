package org.cloister.isolation.allocation;

import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.Switch;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
final class FreeLinks implements SpineLinks {

    private final List<String> spines;
    private final Link[][] up;
    private final Link[][] down;

    /**
     * Looks the free links up.
     *
     * @param leaves the leaves by number
     */
    FreeLinks(Fabric fabric, Ledger ledger, List<String> leaves) {
        this(fabric, ledger, leaves, Collections.emptySet());
    }

    /**
     * Looks the free links up.
     *
     * @param leaves the leaves by number
     * @param preferred those to be taken before others that are parallel to them
     */
    FreeLinks(Fabric fabric, Ledger ledger, List<String> leaves, Set<Link> preferred) {
        this.spines = spinesToTake(fabric, ledger);
        this.up = new Link[leaves.size()][spines.size()];
        this.down = new Link[leaves.size()][spines.size()];
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            for (int spine = 0; spine < spines.size(); spine++) {
                up[leaf][spine] = firstFree(fabric, ledger, leaves.get(leaf), spines.get(spine), preferred);
                down[leaf][spine] = firstFree(fabric, ledger, spines.get(spine), leaves.get(leaf), preferred);
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

    private static boolean isFree(Ledger ledger, Link link) {
        return ledger.reserved().getOrDefault(link, 0L) == 0;
    }

    private static Link firstFree(Fabric fabric, Ledger ledger, String from, String to, Set<Link> preferred) {
        Link first = null;
        for (Link link : SpineLinks.between(fabric, from, to)) {
            if (isFree(ledger, link)) {
                if (preferred.contains(link)) {
                    return link;
                }
                first = first == null ? link : first;
            }
        }
        return first;
    }

    static List<String> spinesToTake(Fabric fabric, Ledger ledger) {
        Map<String, Integer> free = new HashMap<>();
        for (Link link : fabric.links()) {
            if (isFree(ledger, link)) {
                free.merge(link.from().switchName(), 1, Integer::sum);
                free.merge(link.to().switchName(), 1, Integer::sum);
            }
        }
        List<String> spines = fabric.switches().values().stream()
                .filter(device -> device.role() == SwitchRole.SPINE)
                .map(Switch::name)
                .sorted(Comparator.<String>comparingInt(spine -> free.getOrDefault(spine, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .collect(Collectors.toList());
        return Collections.unmodifiableList(spines);
    }
}
