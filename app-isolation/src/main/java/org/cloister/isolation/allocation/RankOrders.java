package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks for an order of the members under which the same patterns need fewer links. */
final class RankOrders {

    private RankOrders() {
    }

    /**
     * Returns an order that needs fewer links out of or into the busiest leaf than the given one.
     *
     * <p>Tried are nodes by leaf, each with its NICs together, as launchers number ranks; then hosts leaf by leaf.
     *
     * @param links the figure of the order as it is
     * @return for each new rank the rank it has now; empty if neither order is better
     */
    static Optional<List<Integer>> better(Request request, int links) {
        // one link is as few as there can be, and without patterns of a known order there is nothing to gain
        if (links <= 1 || request.patterns().stream().allMatch(pattern -> isAnyOfAll(pattern, request))) {
            return Optional.empty();
        }
        List<Integer> best = null;
        int fewest = links;
        for (Comparator<Host> comparator : List.of(byNode(request.members()), byLeaf())) {
            List<Integer> order = IntStream.range(0, request.members().size()).boxed()
                    .sorted(Comparator.comparing(request.members()::get, comparator))
                    .collect(Collectors.toList());
            int needed = links(request, order);
            if (needed < fewest) {
                fewest = needed;
                best = order;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isAnyOfAll(Pattern pattern, Request request) {
        return PatternType.of(pattern.type()) == PatternType.ANY && !pattern.perRail()
                && pattern.groups().size() == 1
                && pattern.groups().get(0).size() == request.members().size();
    }

    private static int links(Request request, List<Integer> order) {
        List<Host> members = new ArrayList<>();
        order.forEach(rank -> members.add(request.members().get(rank)));
        return MinimumLinks.of(Demand.of(request.patterns(), Attachments.of(members))).largest();
    }

    private static Comparator<Host> byLeaf() {
        return Comparator.<Host, String>comparing(host -> host.port().switchName())
                .thenComparing(Host::node).thenComparing(Host::nic).thenComparing(Host::name);
    }

    /** A node stands where the leaf of its first NIC is. */
    private static Comparator<Host> byNode(List<Host> members) {
        Map<String, Host> first = new HashMap<>();
        members.forEach(host -> first.merge(host.node(), host,
                (one, other) -> other.nic() < one.nic() ? other : one));
        return Comparator.<Host, String>comparing(host -> first.get(host.node()).port().switchName())
                .thenComparing(Host::node).thenComparing(Host::nic).thenComparing(Host::name);
    }
}
