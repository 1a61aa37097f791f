package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.MeterRate;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.colouring.Colourings;
import org.cloister.isolation.allocation.spines.FreeLinks;
import org.cloister.isolation.allocation.spines.Shortage;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Says how much of a rate would have fitted. The figure is one that was tried: the same request with it as its rate is
 * allocated as long as nothing else changes.
 */
final class RateShortage {

    private final Fabric fabric;
    private final Demand demand;
    private final RatePlanner now;
    private final RatePlanner alone;

    RateShortage(Fabric fabric, Ledger ledger, Request request, Demand demand) {
        this.fabric = fabric;
        this.demand = demand;
        this.now = new RatePlanner(fabric, ledger, request, demand.attachments());
        this.alone = new RatePlanner(fabric, Ledger.empty(),
                ImmutableRequest.copyOf(request).withPrevious(Collections.emptyList()), demand.attachments());
    }

    /** Returns the refusal of a rate per member, bit/s, that was not allocated. */
    Problem of(long rate) {
        long possible = most(alone, rate);
        if (possible == 0) {
            List<String> leaves = demand.attachments().leaves();
            FreeLinks all = new FreeLinks(fabric, Ledger.empty(), leaves);
            return Shortage.of(new Colourings(demand).even(1), all, all, leaves);
        }
        long free = most(now, rate - MeterRate.STEP);
        SpinePlan plan = (free > 0 ? now.plan(free) : alone.plan(possible)).orElseThrow();
        SortedMap<Link, Integer> senders = plan.senders();
        Link fullest = senders.firstKey();
        for (Link link : senders.keySet()) {
            if (now.free(link) / senders.get(link) < now.free(fullest) / senders.get(fullest)) {
                fullest = link;
            }
        }
        SortedMap<Link, Integer> wanted = alone.plan(possible).orElseThrow().senders();
        List<String> lacking = possible < rate ? List.of() : Shortage.names(wanted.keySet().stream()
                .filter(link -> now.free(link) / wanted.get(link) < rate).collect(Collectors.toList()));
        String never = possible < rate ? "; without neighbours it would be " + possible + " bit/s" : "";
        return Shortage.withLinks(Problem.builder().type(ProblemType.INSUFFICIENT_BANDWIDTH)
                .detail(fullest + " has " + now.free(fullest) + " bit/s free, " + senders.get(fullest)
                        + (senders.get(fullest) == 1 ? " member can" : " members can") + " send over it: " + free + " of the " + rate + " bit/s per member are free" + never)
                .shortage(Problem.Shortage.of(fullest.toString(), "bandwidth", rate, free)).build(), lacking);
    }

    /** The highest rate found to fit, in whole steps of a meter up to a limit; 0 if none. */
    private static long most(RatePlanner planner, long limit) {
        long low = 0;
        long high = limit / MeterRate.STEP;
        if (high > 0 && planner.plan(high * MeterRate.STEP).isPresent()) {
            return high * MeterRate.STEP;
        }
        while (low + 1 < high) {
            long middle = (low + high) >>> 1;
            if (planner.plan(middle * MeterRate.STEP).isPresent()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low * MeterRate.STEP;
    }
}
