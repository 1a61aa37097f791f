package org.cloister.isolation.allocation.circuits;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.optical.NamedOptics;
import org.cloister.isolation.allocation.optical.OpticalNeed;
import org.cloister.isolation.allocation.optical.OpticalPlan;
import org.cloister.isolation.allocation.optical.OpticalPlanner;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Grants a request over links that light is moved for. Which circuits, numbers decide ({@link OpticalPlanner}); the
 * request is then decided on as if these were the fabric's links, so that ways, certificate and rules come from where
 * they always do.
 */
final class LightPlanner {

    /** How many spines more than its busiest moment fills a slice is given for a stronger guarantee. */
    private static final int MORE_SPINES = 2;

    /** How many ways to give leaves different spines are looked at, if there are no more. */
    private static final int SHAPES = 128;

    /** For how many of these light is planned: those that a first look leaves hope for. */
    private static final int TRIES = 32;

    private final Allocator links;
    private final Fabric fabric;
    private final Ledger ledger;
    private final Request request;
    private final Demand demand;
    private final NamedOptics optics;
    private final int least;
    /** By leaf, the fewest circuits that its patterns can do with. */
    private final int[] needed;
    private Allocation best;

    LightPlanner(Allocator links, Fabric fabric, Ledger ledger, Request request) {
        this.links = links;
        this.fabric = fabric;
        this.ledger = ledger;
        this.request = request;
        this.demand = Demand.of(request.patterns(), Attachments.of(request));
        MinimumLinks minimum = MinimumLinks.of(demand);
        this.least = isWhole() ? Math.max(1, minimum.largest()) : 1;
        this.needed = IntStream.range(0, demand.attachments().leaves().size())
                .map(leaf -> isWhole() ? Math.max(1, Math.max(minimum.out(leaf), minimum.in(leaf))) : 1).toArray();
        this.optics = NamedOptics.of(fabric, ledger, demand.attachments().leaves(), previousLinks());
    }

    private Set<Link> previousLinks() {
        Set<Link> held = new HashSet<>();
        for (Allocation previous : request.previous()) {
            previous.links().forEach(link -> held.add(Link.of(link.from(), link.to())));
        }
        return held;
    }

    /** Returns the grant with the strongest guarantee and, of these, fewest moves; or what light is missing. */
    Decision plan() {
        OptionalInt tag = IntStream.rangeClosed(fabric.firstTag(), fabric.lastTag())
                .filter(each -> !ledger.tags().contains(each)).findFirst();
        if (tag.isEmpty()) {
            return Decision.refused(CommonSpineAllocator.noTag(fabric));
        }
        consider(overSpines(optics, needed));
        if (best != null) {
            direct(least, tag.getAsInt());
        }
        if (isEnough() && isSmall()) {
            unevenly(least);
        }
        for (int count = least; count <= least + (isWhole() ? MORE_SPINES : 0) && !isEnough(); count++) {
            over(count, tag.getAsInt());
        }
        int count = best != null || isEverPossible(least) ? least : Light.most(1, least - 1, this::isEverPossible);
        if (count < least) {
            over(count, tag.getAsInt());
        }
        return best != null ? Decision.allocated(best)
                : Decision.refused(new LightShortage(demand.attachments().leaves(), fabric, ledger,
                        optics.occupancy()).of(atMost(count)));
    }

    private boolean isWhole() {
        return request.limitBitsPerSecond().isEmpty();
    }

    private void over(int count, int tag) {
        direct(count, tag);
        int[] each = new int[needed.length];
        Arrays.fill(each, count);
        consider(overSpines(optics, each));
        if (isEnough()) {
            unevenly(count);
        }
    }

    /**
     * Not every leaf has to be joined with every spine: what some can do without saves moves. In a small fabric any
     * spines of each of a few leaves are tried, else any number, as far as circuits with fewer moves are found for it.
     */
    private void unevenly(int most) {
        List<OpticalNeed> shapes = new ArrayList<>();
        int spines = Math.min(fabric.index().spines(), most + MORE_SPINES);
        for (int count = isSmall() ? spines : 0; count >= most && shapes.isEmpty(); count--) {
            SpineShapes.of(needed, count, SHAPES).forEach(places ->
                    shapes.add(OpticalNeed.of(leaves(), places).withDistinctSpines()));
        }
        int tries = 0;
        for (OpticalNeed shape : shapes.isEmpty() ? nested(most) : shapes) {
            if (tries < TRIES && optics.atLeast(shape) < best.circuitsToMove()) {
                tries++;
                new OpticalPlanner().plan(optics.occupancy(), shape).plan()
                        .filter(plan -> plan.moves() < best.circuitsToMove()).flatMap(this::granted)
                        .filter(each -> each.reach() == Allocation.Reach.ALL).ifPresent(each -> consider(Optional.of(each)));
            }
        }
    }

    /** Whether light for as few links as the patterns can do with would be searched through. */
    private boolean isSmall() {
        return isWhole() && OpticalPlanner.isSmall(optics.occupancy(), need(needed));
    }

    /** Any numbers of links of each leaf, all of them of the same spines. */
    private List<OpticalNeed> nested(int most) {
        int shapes = 1;
        for (int links : needed) {
            shapes = Math.min(TRIES + 1, shapes * Math.max(1, most - links + 1));
        }
        List<OpticalNeed> nested = new ArrayList<>();
        for (int shape = 1; shape < shapes && shapes <= TRIES; shape++) {
            int[] links = new int[needed.length];
            int rest = shape;
            for (int place = 0; place < links.length; place++) {
                int choices = Math.max(1, most - needed[place] + 1);
                links[place] = most - rest % choices;
                rest /= choices;
            }
            nested.add(need(links));
        }
        return nested;
    }

    private void direct(int count, int tag) {
        if (needed.length == 2 && isWhole()) {
            new DirectLight(fabric, request, demand, optics).allocations(count, tag)
                    .forEach(each -> consider(Optional.of(each)));
        }
    }

    /** A slice waits for what the fabric has, not for what it never had: fewer ways are then all there are. */
    private boolean isEverPossible(int count) {
        NamedOptics all = NamedOptics.of(fabric, Ledger.empty(), demand.attachments().leaves(), Set.of());
        int[] leaves = leaves();
        return leaves.length == 2 && (all.direct(leaves[0], leaves[1], count).isPresent()
                || all.mixed(leaves[0], leaves[1], count, Integer.MAX_VALUE).isPresent())
                || new OpticalPlanner().plan(all.occupancy(), need(atMost(count))).plan().isPresent();
    }

    private int[] atMost(int count) {
        return Arrays.stream(needed).map(links -> Math.min(links, count)).toArray();
    }

    private int[] leaves() {
        return demand.attachments().leaves().stream().mapToInt(fabric.index()::leafNumber).toArray();
    }

    private OpticalNeed need(int[] links) {
        return OpticalNeed.nested(leaves(), links).withDistinctSpines();
    }

    private boolean isEnough() {
        return best != null && (best.guarantee() != Guarantee.ISOLATED || demand.isUnordered());
    }

    private void consider(Optional<Allocation> found) {
        found.filter(each -> best == null || each.guarantee().compareTo(best.guarantee()) < 0
                || each.guarantee() == best.guarantee() && each.circuitsToMove() < best.circuitsToMove())
                .ifPresent(each -> best = each);
    }

    private Optional<Allocation> overSpines(NamedOptics light, int[] links) {
        return new OpticalPlanner().plan(light.occupancy(), need(links)).plan().flatMap(this::granted);
    }

    private Optional<Allocation> granted(OpticalPlan plan) {
        SortedSet<Link> lit = new TreeSet<>();
        for (OpticalPlan.Way way : plan.ways()) {
            lit.add(optics.link(way.leafPort(), way.farPort()));
            lit.add(optics.link(way.farPort(), way.leafPort()));
        }
        return links.allocate(ImmutableFabric.copyOf(fabric).withLinks(lit), ledger, request).fold(
                allocation -> Optional.of(new Light(fabric).under(allocation, isFewest(allocation, plan),
                        plan.moves())), problem -> Optional.empty());
    }

    /** With one spine for more than two leaves nothing can be saved but moves. */
    private boolean isFewest(Allocation allocation, OpticalPlan plan) {
        return allocation.optimal() && plan.proven() && plan.colours() == 1
                && demand.attachments().leaves().size() > 2;
    }
}
