package org.cloister.isolation.allocation;

import org.cloister.isolation.allocation.optical.NamedOptics;
import org.cloister.isolation.allocation.optical.OpticalPlan;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Joins the two leaves of a slice directly. Each circuit stands for a spine: what goes up one leaf by it comes down at
 * the other, so that colours, ways and certificate are those of any slice.
 */
final class DirectLight {

    private final Fabric fabric;
    private final Request request;
    private final Demand demand;
    private final NamedOptics optics;

    DirectLight(Fabric fabric, Request request, Demand demand, NamedOptics optics) {
        this.fabric = fabric;
        this.request = request;
        this.demand = demand;
        this.optics = optics;
    }

    /** Returns the allocation over so many circuits; empty if there are not that many ports. */
    Optional<Allocation> allocation(int circuits, int tag) {
        List<String> leaves = demand.attachments().leaves();
        return optics.direct(fabric.index().leafNumber(leaves.get(0)), fabric.index().leafNumber(leaves.get(1)),
                circuits).map(plan -> allocation(plan, tag));
    }

    private Allocation allocation(OpticalPlan plan, int tag) {
        Colourings colourings = new Colourings(demand);
        Colouring colouring = colourings.proper(plan.colours(), plan.colours())
                .filter(each -> each.count() <= plan.colours() && isWithoutDetours(each))
                .orElseGet(() -> colourings.even(plan.colours()));
        int[] colours = IntStream.range(0, demand.attachments().size()).map(colouring::of).toArray();
        SpinePlan ways = SpinePlan.withOneArpUplinkPerLeaf(colours, new Circuits(plan), demand.attachments());
        MinimumLinks minimum = MinimumLinks.of(demand);
        Allocation allocation = new Assembly(fabric, request, demand, minimum).allocation(tag, Optional.of(ways));
        boolean fewest = plan.proven()
                && allocation.links().size() == minimum.out(0) + minimum.in(0)
                && (demand.isUnordered() || allocation.guarantee() != Guarantee.ISOLATED);
        return new Light(fabric).under(allocation, fewest);
    }

    private boolean isWithoutDetours(Colouring colouring) {
        return IntStream.range(0, demand.attachments().size()).allMatch(rank -> colouring.detours(rank).isEmpty());
    }

    /** By circuit, the link from one leaf to the other: up from the one and down to the other. */
    private final class Circuits implements SpineLinks {

        private final Link[] fromFirst;
        private final List<String> names;

        private Circuits(OpticalPlan plan) {
            this.fromFirst = new Link[plan.colours()];
            for (OpticalPlan.Way way : plan.ways()) {
                if (way.place() == 0) {
                    fromFirst[way.colour()] = optics.link(way.leafPort(), way.farPort());
                }
            }
            this.names = Collections.unmodifiableList(IntStream.range(0, fromFirst.length).mapToObj(Integer::toString)
                    .collect(Collectors.toList()));
        }

        @Override
        public List<String> spines() {
            return names;
        }

        @Override
        public Link up(int leaf, int spine) {
            Link link = fromFirst[spine];
            return leaf == 0 ? link : Link.of(link.to(), link.from());
        }

        @Override
        public Link down(int leaf, int spine) {
            return up(1 - leaf, spine);
        }
    }
}
