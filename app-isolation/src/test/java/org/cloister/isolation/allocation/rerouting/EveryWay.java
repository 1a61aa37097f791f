package org.cloister.isolation.allocation.rerouting;

import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.rerouting.PreviousWays.PreviousWay;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tries all ways of all members, over every spine, and counts how many of them are not as they were. */
final class EveryWay {

    private final Fabric fabric;
    private final Ledger ledger;
    private final Request request;
    private final Allocation before;
    private final List<PreviousWay> ways;
    private final List<List<String>> options = new ArrayList<>();
    private int budget;

    EveryWay(Fabric fabric, Ledger ledger, Request request, Allocation before, int budget) {
        this.fabric = fabric;
        this.ledger = ledger;
        this.request = request;
        this.before = before;
        this.budget = budget;
        this.ways = PreviousWays.of(ImmutableRequest.copyOf(request).withPrevious(before)).orElseThrow();
        for (PreviousWay way : ways) {
            List<String> spines = new ArrayList<>();
            fabric.switches().keySet().stream().filter(name -> name.startsWith("spine"))
                    .filter(spine -> isFree(link(way.from().leaf(), spine)) && isFree(link(spine, way.leaf())))
                    .forEach(spines::add);
            if (spines.remove(way.spine())) {
                spines.add(0, way.spine()); // as it is, first
            }
            options.add(spines);
        }
    }

    private Link link(String from, String to) {
        return fabric.links().stream().filter(link -> link.from().switchName().equals(from)
                && link.to().switchName().equals(to)).findFirst().orElse(null);
    }

    private boolean isFree(Link link) {
        return link != null && !ledger.reserved().containsKey(link);
    }

    /** Returns how many ways cannot stay. */
    long broken() {
        long broken = 0;
        for (int way = 0; way < ways.size(); way++) {
            broken += options.get(way).contains(ways.get(way).spine()) ? 0 : 1;
        }
        return broken;
    }

    boolean exhausted() {
        return budget <= 0;
    }

    /** Returns whether at most so many changes give an allocation that guarantees no less, as far as the budget goes. */
    boolean exists(int changes) {
        return exists(0, changes, new HashMap<>());
    }

    private boolean exists(int way, int changes, Map<PreviousWay, String> chosen) {
        if (budget-- <= 0) {
            return false;
        }
        if (way == ways.size()) {
            Allocation found = new Rerouted(before, request, this::link)
                    .allocation(ways, chosen, fabric.linkBitsPerSecond(), before.tag());
            return found.guarantee().compareTo(before.guarantee()) <= 0
                    && found.maxFlowsPerLink() <= before.maxFlowsPerLink();
        }
        for (String spine : options.get(way)) {
            int left = changes - (spine.equals(ways.get(way).spine()) ? 0 : 1);
            if (left >= 0) {
                chosen.put(ways.get(way), spine);
                if (exists(way + 1, left, chosen)) {
                    return true;
                }
            }
        }
        return false;
    }
}
