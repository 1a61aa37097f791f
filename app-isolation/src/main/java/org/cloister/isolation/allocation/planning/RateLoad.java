package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.allocation.spines.SharedLinks;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of links while the members of a shared slice are given ways. What the slice's earlier allocations hold
 * is taken already; a member that sends over a link by an earlier allocation takes no more of it, unless its rate is
 * higher now, as it sends by one allocation at a time.
 */
final class RateLoad {

    private final SharedLinks links;
    private final Map<Link, Map<String, Long>> rates = new HashMap<>();
    private final Map<Link, Long> taken = new HashMap<>();

    RateLoad(SharedLinks links, List<Allocation> previous) {
        this.links = links;
        Reservations.rates(previous).forEach((link, byHost) -> {
            rates.put(link, new HashMap<>(byHost));
            taken.put(link, byHost.values().stream().mapToLong(Long::longValue).sum());
        });
    }

    /** Returns what is left of a link, bit/s; 0 if there is no link. */
    long left(Link link) {
        return link == null ? 0 : Math.max(0, links.free(link) - taken.getOrDefault(link, 0L));
    }

    /** Adds a host that sends over links, if there is room on all of them. */
    boolean add(String host, long rate, List<Link> way) {
        for (Link link : way) {
            if (link == null || more(link, host, rate) > left(link)) {
                return false;
            }
        }
        for (Link link : way) {
            taken.merge(link, more(link, host, rate), Long::sum);
            rates.computeIfAbsent(link, first -> new HashMap<>()).merge(host, rate, Math::max);
        }
        return true;
    }

    private long more(Link link, String host, long rate) {
        return Math.max(0, rate - rates.getOrDefault(link, Map.of()).getOrDefault(host, 0L));
    }
}
