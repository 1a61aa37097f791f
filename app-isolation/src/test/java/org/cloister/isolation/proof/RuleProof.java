package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.sim.Scenario;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks what the allocator grants against the packets that its compiled rules let through. */
final class RuleProof {

    /** Of more members than this a slice counts as large. */
    static final int LARGE = 1024;
    private static final int MOST_UNDERSTATED = 128;

    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private int largeGranted;

    /** Asks the allocator and checks its answer. */
    Optional<Allocation> check(Case problem) {
        Optional<Allocation> granted = new CommonSpineAllocator()
                .allocate(problem.fabric(), problem.ledger(), problem.request())
                .fold(Optional::of, refusal -> {
                    count("refused " + refusal.type());
                    return Optional.empty();
                });
        count("cases");
        granted.ifPresent(allocation -> {
            largeGranted += allocation.members().size() > LARGE ? 1 : 0;
            count("granted " + allocation.guarantee());
            check(problem, allocation);
        });
        return granted;
    }

    /** Checks an answer. */
    void check(Case problem, Allocation allocation) {
        try {
            checkAll(problem, allocation);
        } catch (AssertionError | RuntimeException error) {
            violate(problem, error.toString());
        }
    }

    private void checkAll(Case problem, Allocation allocation) {
        CompiledFabric model = new CompiledFabric(problem.fabric(),
                new Scenario(problem.fabric(), List.of(allocation)).rules(CompilerOptions.defaults()));
        Ways ways = new Ways(model, problem.fabric(), allocation);
        Traffic traffic = problem.traffic();
        checkIdentity(problem, allocation);
        checkReach(problem, allocation, traffic, ways);
        checkLinks(problem, allocation, model, ways);
        if (allocation.guarantee() == Guarantee.RATE) {
            checkRates(problem, allocation, model, ways);
        }
        checkFlows(problem, allocation, traffic, ways, model.links().size());
    }

    private void checkIdentity(Case problem, Allocation allocation) {
        if (problem.ledger().tags().contains(allocation.tag()) || allocation.tag() < problem.fabric().firstTag()
                || allocation.tag() > problem.fabric().lastTag()) {
            violate(problem, "tag " + allocation.tag() + " is not free");
        }
        for (int rank = 0; rank < problem.request().members().size(); rank++) {
            AllocatedMember member = allocation.members().get(rank);
            if (!member.host().equals(problem.request().members().get(rank).name())
                    || !member.limitBitsPerSecond().equals(problem.request().limitBitsPerSecond())) {
                violate(problem, "rank " + rank + " is " + member);
            }
        }
    }

    private void checkReach(Case problem, Allocation allocation, Traffic traffic, Ways ways) {
        if (allocation.reach() == Reach.ALL) {
            for (int from = 0; from < traffic.ranks(); from++) {
                for (int to = 0; to < traffic.ranks(); to++) {
                    checkReached(problem, ways, from, to);
                }
            }
        } else {
            count("reach patterns");
            traffic.collectives().forEach(collective -> collective.each((step, from, to) -> {
                if (traffic.crosses(from, to)) {
                    checkReached(problem, ways, from, to);
                    checkReached(problem, ways, to, from);
                }
            }));
        }
    }

    private void checkReached(Case problem, Ways ways, int from, int to) {
        if (from != to && (!ways.delivers(from, to) || !ways.asks(from, to))) {
            violate(problem, "rank " + from + " does not reach rank " + to + (ways.delivers(from, to) ? " by ARP" : ""));
        }
    }

    /** The slice holds exactly the links that something of it crosses, and nobody else has any part of whole ones. */
    private void checkLinks(Case problem, Allocation allocation, CompiledFabric model, Ways ways) {
        BitSet held = new BitSet();
        for (ReservedLink reserved : allocation.links()) {
            Link link = Link.of(reserved.from(), reserved.to());
            int number = model.links().indexOf(link);
            if (number < 0) {
                violate(problem, link + " is not there");
                continue;
            }
            held.set(number);
            if (allocation.guarantee() != Guarantee.RATE && (!problem.isFree(link)
                    || reserved.reservedBitsPerSecond() != problem.fabric().linkBitsPerSecond())) {
                violate(problem, link + " is another's, or held in part: " + reserved.reservedBitsPerSecond());
            }
        }
        BitSet strange = (BitSet) ways.crossed().clone();
        strange.andNot(held);
        held.andNot(ways.crossed());
        if (!strange.isEmpty() || !held.isEmpty()) {
            violate(problem, "crosses " + names(strange, model) + ", which it does not hold, and holds "
                    + names(held, model) + ", which nothing crosses");
        }
    }

    private static List<Link> names(BitSet links, CompiledFabric model) {
        List<Link> names = new ArrayList<>();
        links.stream().limit(3).forEach(link -> names.add(model.links().get(link)));
        return names;
    }

    /** What meters let through at most: each sender's rate on every link that something of it can cross. */
    private void checkRates(Case problem, Allocation allocation, CompiledFabric model, Ways ways) {
        Map<Link, Long> reserved = new HashMap<>();
        allocation.links().forEach(each -> reserved.put(Link.of(each.from(), each.to()),
                each.reservedBitsPerSecond()));
        for (int number = ways.crossed().nextSetBit(0); number >= 0; number = ways.crossed().nextSetBit(number + 1)) {
            Link link = model.links().get(number);
            long enforced = 0;
            for (AllocatedMember member : allocation.members()) {
                enforced += ways.crossed(member.rank()).get(number) ? member.limitBitsPerSecond().orElseThrow() : 0;
            }
            long free = problem.ledger().exclusive().contains(link) ? 0
                    : problem.fabric().linkBitsPerSecond() - problem.ledger().reserved().getOrDefault(link, 0L);
            if (enforced > free || enforced > reserved.getOrDefault(link, 0L)) {
                violate(problem, link + " can carry " + enforced + " bit/s of " + free + " free, reserved are "
                        + reserved.get(link));
            }
        }
    }

    private void checkFlows(Case problem, Allocation allocation, Traffic traffic, Ways ways, int links) {
        int flows = AnyTiming.mostFlows(traffic, ways);
        if (flows != allocation.maxFlowsPerLink()) {
            violate(problem, flows + " flows on a link at any timing, certified are " + allocation.maxFlowsPerLink());
        }
        if (allocation.guarantee() == Guarantee.ANY_TIMING && flows > 1) {
            violate(problem, "any-timing with " + flows + " flows");
        }
        if (allocation.guarantee() == Guarantee.ANY_TIMING || allocation.guarantee() == Guarantee.LOCK_STEP) {
            new LockStep(traffic, ways).overload(links).ifPresent(overload -> violate(problem, overload));
        } else if (allocation.guarantee() == Guarantee.ISOLATED && traffic.ranks() <= MOST_UNDERSTATED
                && (flows <= 1 || new LockStep(traffic, ways).overload(links).isEmpty())) {
            violate(problem, "isolated, although no link is overloaded in lock-step");
        }
    }

    /** Adds what another proof found. */
    void add(RuleProof other) {
        violations.addAll(other.violations);
        other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
        largeGranted += other.largeGranted;
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void violate(Case problem, String text) {
        violations.add(text + "; " + problem);
    }

    /** Returns what should not be, with the seed that shows it. */
    List<String> violations() {
        return violations;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** Returns how many large slices were granted. */
    int largeGranted() {
        return largeGranted;
    }
}
