package org.cloister.isolation.allocation.circuits;

import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.allocation.colouring.Colourings;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.optical.NamedOptics;
import org.cloister.isolation.allocation.optical.OpticalPlan;
import org.cloister.isolation.allocation.planning.Assembly;
import org.cloister.isolation.allocation.spines.SpineLinks;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Joins the two leaves of a slice directly, or some ways directly and some over spines. Each direct circuit stands for
 * a spine: what goes up one leaf by it comes down at the other, so that colours, ways and certificate are those of any
 * slice.
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

    /** Returns the allocations over so many ways: all direct, and some where that saves moves; none for want of ports. */
    List<Allocation> allocations(int ways, int tag) {
        int one = fabric.index().leafNumber(demand.attachments().leaves().get(0));
        int other = fabric.index().leafNumber(demand.attachments().leaves().get(1));
        Optional<OpticalPlan> all = optics.direct(one, other, ways);
        int limit = all.map(OpticalPlan::moves).orElse(Integer.MAX_VALUE);
        return Stream.of(all, optics.mixed(one, other, ways, limit)).flatMap(Optional::stream)
                .map(plan -> allocation(plan, tag)).collect(Collectors.toList());
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
        return new Light(fabric).under(allocation, fewest, plan.moves());
    }

    private boolean isWithoutDetours(Colouring colouring) {
        return IntStream.range(0, demand.attachments().size()).allMatch(rank -> colouring.detours(rank).isEmpty());
    }

    /** By way, the links of each leaf: to a spine and back, or to the other leaf and back. */
    private final class Circuits implements SpineLinks {

        private final OpticalPlan.Way[][] ways;
        private final List<String> names;

        private Circuits(OpticalPlan plan) {
            this.ways = new OpticalPlan.Way[2][plan.colours()];
            plan.ways().forEach(way -> ways[way.place()][way.colour()] = way);
            this.names = Collections.unmodifiableList(IntStream.range(0, plan.colours()).mapToObj(Integer::toString)
                    .collect(Collectors.toList()));
        }

        @Override
        public List<String> spines() {
            return names;
        }

        @Override
        public Link up(int leaf, int spine) {
            return optics.link(ways[leaf][spine].leafPort(), ways[leaf][spine].farPort());
        }

        @Override
        public Link down(int leaf, int spine) {
            return optics.link(ways[leaf][spine].farPort(), ways[leaf][spine].leafPort());
        }
    }
}
