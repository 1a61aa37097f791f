package org.cloister.isolation.allocation;

import org.cloister.isolation.allocation.optical.NamedOptics;
import org.cloister.isolation.allocation.optical.OpticalNeed;
import org.cloister.isolation.allocation.optical.OpticalPlan;
import org.cloister.isolation.allocation.optical.OpticalPlanned;
import org.cloister.isolation.allocation.optical.OpticalPlanner;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;

import java.util.Arrays;
import java.util.HashSet;
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

    private final Allocator links;
    private final Fabric fabric;
    private final Ledger ledger;
    private final Request request;
    private final Demand demand;
    private final NamedOptics optics;
    private final int least;
    private Allocation best;
    private boolean unproven;

    LightPlanner(Allocator links, Fabric fabric, Ledger ledger, Request request) {
        this.links = links;
        this.fabric = fabric;
        this.ledger = ledger;
        this.request = request;
        this.demand = Demand.of(request.patterns(), Attachments.of(request));
        this.least = request.limitBitsPerSecond().isPresent() ? 1 : Math.max(1, MinimumLinks.of(demand).largest());
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
        int leaves = demand.attachments().leaves().size();
        boolean whole = request.limitBitsPerSecond().isEmpty();
        for (int count = least; count <= least + (whole ? MORE_SPINES : 0) && !isEnough(); count++) {
            if (leaves == 2 && whole) {
                consider(new DirectLight(fabric, request, demand, optics).allocation(count, tag.getAsInt()));
            }
            consider(overSpines(count));
        }
        return best != null ? Decision.allocated(best)
                : Decision.refused(new LightShortage(demand.attachments().leaves(), fabric, optics.occupancy(), unproven).of(least));
    }

    private boolean isEnough() {
        return best != null && (best.guarantee() != Guarantee.ISOLATED || demand.isUnordered());
    }

    private void consider(Optional<Allocation> found) {
        found.filter(each -> best == null || each.guarantee().compareTo(best.guarantee()) < 0
                || each.guarantee() == best.guarantee() && each.circuitsToMove() < best.circuitsToMove())
                .ifPresent(each -> best = each);
    }

    private Optional<Allocation> overSpines(int count) {
        int[] leaves = demand.attachments().leaves().stream().mapToInt(fabric.index()::leafNumber).toArray();
        int[] each = new int[leaves.length];
        Arrays.fill(each, count);
        OpticalPlanned planned = new OpticalPlanner().plan(optics.occupancy(),
                OpticalNeed.nested(leaves, each).withDistinctSpines());
        unproven |= planned.plan().isEmpty() && !planned.proven();
        return planned.plan().flatMap(this::granted);
    }

    private Optional<Allocation> granted(OpticalPlan plan) {
        SortedSet<Link> lit = new TreeSet<>();
        for (OpticalPlan.Way way : plan.ways()) {
            lit.add(optics.link(way.leafPort(), way.farPort()));
            lit.add(optics.link(way.farPort(), way.leafPort()));
        }
        return links.allocate(ImmutableFabric.copyOf(fabric).withLinks(lit), ledger, request).fold(
                allocation -> Optional.of(new Light(fabric).under(allocation,
                        isFewest(allocation, plan))), problem -> Optional.empty());
    }

    /** With one spine for more than two leaves nothing can be saved but moves. */
    private boolean isFewest(Allocation allocation, OpticalPlan plan) {
        return allocation.optimal() && plan.proven() && plan.colours() == 1
                && demand.attachments().leaves().size() > 2;
    }
}
