package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.fabric.Link;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one slice holds of each directed link, in bit/s.
 *
 * <p>An exclusive slice holds whole links. A shared one holds the worst case of what is <em>enforced</em>: its meters
 * limit each sender and nothing else in the fabric limits anything, so that is the sum of the rates of all members
 * whose packets can cross the link. The hose model's min(senders, receivers) × rate is less where more members can
 * send over a link than there are behind it, but it counts on receivers that throttle their senders: three members
 * that send to one host, each within its rate, fill the link before that host with three times the rate, at a
 * neighbour's expense. Routes are therefore chosen such that the sum fits.
 *
 * <p>While a slice moves from one allocation to another, some members send by the one and some by the other; then each
 * link holds the sum over all that can send over it by either. A member sends by one of them at a time, and counts once
 * with the higher of its rates.
 */
public final class Reservations {

    private Reservations() {
    }

    /**
     * Returns what a slice holds.
     *
     * @param allocations all that the slice has rules of: the current one, the next one and those on their way out, in
     *        any order
     */
    public static SortedMap<Link, Long> of(Collection<Allocation> allocations) {
        SortedMap<Link, Long> held = new TreeMap<>();
        if (allocations.size() == 1) {
            allocations.forEach(only -> only.links().forEach(link -> held.put(link(link), link.reservedBitsPerSecond())));
            return held;
        }
        allocations.stream().filter(allocation -> !isShared(allocation)).forEach(allocation -> allocation.links()
                .forEach(link -> held.merge(link(link), link.reservedBitsPerSecond(), Math::max)));
        rates(allocations).forEach((link, byHost) -> held.merge(link, sum(byHost.values()), Math::max));
        return held;
    }

    /** Returns the links that nobody else may have any part of, as long as a slice has these allocations. */
    public static SortedSet<Link> exclusive(Collection<Allocation> allocations) {
        SortedSet<Link> links = new TreeSet<>();
        allocations.stream().filter(allocation -> !isShared(allocation))
                .forEach(allocation -> allocation.links().forEach(link -> links.add(link(link))));
        return links;
    }

    /** Returns what an allocation of a shared slice holds by itself, before its links say so. */
    public static SortedMap<Link, Long> worstCase(Allocation allocation) {
        SortedMap<Link, Long> held = new TreeMap<>();
        rates(List.of(allocation)).forEach((link, byHost) -> held.put(link, sum(byHost.values())));
        return held;
    }

    /** Returns, by link and host, what members of the shared ones among a slice's allocations may send over it. */
    public static SortedMap<Link, Map<String, Long>> rates(Collection<Allocation> allocations) {
        SortedMap<Link, Map<String, Long>> rates = new TreeMap<>();
        allocations.stream().filter(Reservations::isShared).forEach(allocation -> addRates(allocation, rates));
        return rates;
    }

    private static boolean isShared(Allocation allocation) {
        return allocation.guarantee() == Guarantee.RATE;
    }

    private static void addRates(Allocation allocation, SortedMap<Link, Map<String, Long>> rates) {
        for (Map.Entry<Link, List<AllocatedMember>> entry : LinkSenders.of(allocation).entrySet()) {
            Map<String, Long> byHost = rates.computeIfAbsent(entry.getKey(), link -> new HashMap<>());
            entry.getValue().forEach(member -> byHost.merge(member.host(),
                    member.limitBitsPerSecond().orElse(0), Math::max));
        }
    }

    private static long sum(Collection<Long> rates) {
        return rates.stream().mapToLong(Long::longValue).sum();
    }

    private static Link link(ReservedLink link) {
        return Link.of(link.from(), link.to());
    }
}
