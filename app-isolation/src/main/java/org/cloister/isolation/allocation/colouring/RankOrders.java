package org.cloister.isolation.allocation.colouring;

import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks for an order of the members under which the same patterns get their guarantee from fewer spines. */
public final class RankOrders {

    private RankOrders() {
    }

    /**
     * Returns a better order than that of the request.
     *
     * <p>Tried are nodes by leaf, each with its NICs together, as launchers number ranks; then hosts leaf by leaf.
     *
     * @param spines how many the order of the request takes; empty if it takes too many for more than isolation
     * @param moreThanNeeded whether that may be what neighbours left, not what the order asks for
     * @param most how many there are
     * @return for each new rank the rank that its member has now; empty if neither order is better
     */
    public static Optional<List<Integer>> better(Request request, OptionalInt spines, boolean moreThanNeeded,
                                                 int most) {
        if (request.patterns().stream().allMatch(pattern -> isAnyOfAll(pattern, request))
                || request.patterns().stream().anyMatch(RankOrders::hasRoles)) {
            return Optional.empty();
        }
        List<Integer> best = null;
        List<Integer> now = IntStream.range(0, request.members().size()).boxed().collect(Collectors.toList());
        // where neighbours are in the way an order may take more spines than it needs
        int fewest = spines.orElse(most + 1);
        fewest = moreThanNeeded ? Math.min(fewest, spines(request, now, most)) : fewest;
        Set<List<Object>> seen = new HashSet<>(Set.of(layout(request, now)));
        for (Comparator<Host> comparator : List.of(byNode(request.members()), byLeaf())) {
            List<Integer> order = IntStream.range(0, request.members().size()).boxed()
                    .sorted(Comparator.comparing(request.members()::get, comparator))
                    .collect(Collectors.toList());
            int needed = seen.add(layout(request, order)) ? spines(request, order, fewest - 1) : most + 1;
            if (needed < fewest) {
                fewest = needed;
                best = order;
            }
        }
        return Optional.ofNullable(best);
    }

    /** What a demand makes of an order: hosts that are alike may change places. */
    private static List<Object> layout(Request request, List<Integer> order) {
        Map<String, Integer> nodes = new HashMap<>();
        List<Object> layout = new ArrayList<>();
        for (int rank : order) {
            Host host = request.members().get(rank);
            layout.add(host.port().switchName());
            layout.add(host.nic());
            layout.add(nodes.computeIfAbsent(host.node(), first -> nodes.size()));
        }
        return layout;
    }

    /** A role is its member's, and another order of the members would be another job. */
    private static boolean hasRoles(Pattern pattern) {
        return PatternType.of(pattern.type()) == PatternType.PARAMETER_SERVER;
    }

    private static boolean isAnyOfAll(Pattern pattern, Request request) {
        return PatternType.of(pattern.type()) == PatternType.ANY && !pattern.perRail()
                && pattern.groups().stream().allMatch(group -> group.size() == request.members().size());
    }

    /** How many spines an order takes, or more than most. */
    private static int spines(Request request, List<Integer> order, int most) {
        List<Host> members = new ArrayList<>();
        order.forEach(rank -> members.add(request.members().get(rank)));
        Demand demand = Demand.of(request.patterns(), Attachments.of(members, Map.of()));
        int fewest = Math.max(1, MinimumLinks.of(demand).largest());
        // where no pair is sent twice, pairs with ways of their own make do with what the busiest step fills
        if (fewest > most || demand.isUnordered() || demand.repeatsNoPair()) {
            return fewest;
        }
        return new Colourings(demand).proper(fewest, most).map(Colouring::count).orElse(most + 1);
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
