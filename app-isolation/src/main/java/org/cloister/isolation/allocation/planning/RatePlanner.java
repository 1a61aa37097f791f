package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.allocation.rerouting.PreviousSpines;
import org.cloister.isolation.allocation.spines.SharedLinks;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds spines for the members of a shared slice: on every link, what all members that can send over it may send
 * together is free. Each member that has a spine already stays with it where there is room; the others are packed
 * ({@link Packing}); if that does not work out, all of them are.
 */
final class RatePlanner {

    private final Fabric fabric;
    private final Ledger ledger;
    private final Request request;
    private final Attachments attachments;
    private final List<String> spines;

    RatePlanner(Fabric fabric, Ledger ledger, Request request, Attachments attachments) {
        this.fabric = fabric;
        this.ledger = ledger;
        this.request = request;
        this.attachments = attachments;
        this.spines = SharedLinks.spinesToTake(fabric, ledger);
    }

    /** Returns spines for a rate per member in bit/s; empty if none were found. */
    Optional<SpinePlan> plan(long rate) {
        SharedLinks links = new SharedLinks(fabric, ledger, spines, attachments, rate, PreviousSpines.links(request));
        if (request.previous().isEmpty()) {
            return plan(rate, links, nobodyStays());
        }
        return plan(rate, links, PreviousSpines.of(request, links)).or(() -> plan(rate, links, nobodyStays()));
    }

    /** Returns what others leave free of a link, bit/s. */
    long free(Link link) {
        return SharedLinks.free(fabric, ledger, link);
    }

    private int[] nobodyStays() {
        int[] spineOf = new int[attachments.size()];
        Arrays.fill(spineOf, Colouring.NONE);
        return spineOf;
    }

    private Optional<SpinePlan> plan(long rate, SharedLinks links, int[] spineOf) {
        RateLoad load = new RateLoad(links, request.previous());
        int[] open = new int[attachments.leaves().size()];
        for (int rank = 0; rank < spineOf.length; rank++) {
            Host host = request.members().get(rank);
            if (spineOf[rank] == Colouring.NONE || !load.add(host.name(), rate, way(links, rank, spineOf[rank]))) {
                spineOf[rank] = Colouring.NONE;
                open[attachments.leaf(rank)]++;
            }
        }
        return packed(rate, links, load, open).map(counts -> {
            for (int rank = 0; rank < spineOf.length; rank++) {
                if (spineOf[rank] == Colouring.NONE) {
                    spineOf[rank] = take(counts[attachments.leaf(rank)]);
                }
            }
            return SpinePlan.withArpLikeAllElse(spineOf, links, attachments);
        });
    }

    private Optional<int[][]> packed(long rate, SharedLinks links, RateLoad load, int[] open) {
        int[][] up = new int[open.length][spines.size()];
        int[][] down = new int[open.length][spines.size()];
        for (int leaf = 0; leaf < open.length; leaf++) {
            for (int spine = 0; spine < spines.size(); spine++) {
                up[leaf][spine] = (int) Math.min(Integer.MAX_VALUE, load.left(links.up(leaf, spine)) / rate);
                down[leaf][spine] = (int) Math.min(Integer.MAX_VALUE, load.left(links.down(leaf, spine)) / rate);
            }
        }
        return new Packing(open, up, down).solve();
    }

    /** All links that a member's packets may cross; one that is not there stands for itself as null. */
    private List<Link> way(SharedLinks links, int rank, int spine) {
        List<Link> way = new ArrayList<>();
        way.add(links.up(attachments.leaf(rank), spine));
        for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
            if (leaf != attachments.leaf(rank)) {
                way.add(links.down(leaf, spine));
            }
        }
        return way;
    }

    private static int take(int[] counts) {
        int spine = 0;
        while (counts[spine] == 0) {
            spine++;
        }
        counts[spine]--;
        return spine;
    }
}
