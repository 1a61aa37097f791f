package org.cloister.isolation.allocation.rerouting;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.contention.Certificate;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.spines.ExceptionRules;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.Route;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.routing.Routes;
import org.cloister.isolation.routing.Way;
import org.cloister.isolation.routing.Ways;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.after;
import static org.cloister.isolation.allocation.Plans.allocated;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.request;
import static org.cloister.isolation.allocation.Plans.shared;

/** Slices lead around links that failed: fewest ways change. */
class AroundFailuresTest {

    private static final int CASES = Reports.isFull() ? 20_000 : 600;
    private static final int BUDGET = 200_000;

    private static TestFabric fabric(int leaves, int spines, int hosts) {
        return TestFabric.of(leaves, spines).hostsPerLeaf(hosts);
    }

    private static Map<String, List<String>> ways(Allocation allocation) {
        Map<String, List<String>> ways = new TreeMap<>();
        for (Route route : Routes.of(allocation)) {
            ways.put(route.fromRank() + ">" + route.toLeaf() + route.toHost().orElse(""),
                    route.hops().stream().map(Object::toString).collect(Collectors.toList()));
        }
        return ways;
    }

    private static long changed(Allocation before, Allocation after) {
        Map<String, List<String>> now = ways(after);
        Map<String, List<String>> then = ways(before);
        assertThat(now.keySet()).isEqualTo(then.keySet());
        return then.keySet().stream().filter(key -> !then.get(key).equals(now.get(key))).count();
    }

    @Test
    void aLinkDownToOneLeafChangesTheWayThereAlone() {
        TestFabric made = fabric(3, 4, 2);
        Request ring = request(made.hosts(), pattern("ring"));
        Allocation before = allocated(made.build(), ring);
        Link failed = TestFabric.down(2, 0);
        assertThat(before.links()).anyMatch(link -> link.from().equals(failed.from()));
        Allocation next = allocated(fabric(3, 4, 2).broken(failed).build(), after(ring, before));
        assertThat(changed(before, next)).isEqualTo(4); // those of the four members on the two other leaves
        assertThat(next.guarantee()).isEqualTo(before.guarantee());
        assertThat(next.members()).extracting(AllocatedMember::uplink)
                .isEqualTo(before.members().stream().map(AllocatedMember::uplink).collect(Collectors.toList()));
        assertThat(next.members().get(0).leafDetours()).hasSize(1);
        assertThat(next.links()).noneMatch(link -> link.from().equals(failed.from()));
        // a second failure, of the link that it went to, changes the same ways once more
        Link second = Ways.of(next).toLeaf(next.members().get(0), TestFabric.leaf(2)).flatMap(Way::down).orElseThrow();
        Allocation third = allocated(fabric(3, 4, 2).broken(failed).broken(second).build(), after(ring, next));
        assertThat(changed(next, third)).isEqualTo(4);
    }

    @Test
    void ofASharedSliceTooNoOtherWayChanges() {
        TestFabric made = fabric(3, 3, 2);
        Request rates = shared(request(made.hosts(), pattern("any")), 10_000_000_000L);
        Allocation before = allocated(made.build(), rates);
        Link failed = Ways.of(before).toLeaf(before.members().get(0), TestFabric.leaf(2)).flatMap(Way::down).orElseThrow();
        Fabric less = fabric(3, 3, 2).broken(failed).build();
        long crossing = before.members().stream().filter(member -> Ways.of(before)
                .toLeaf(member, TestFabric.leaf(2)).filter(way -> way.links().contains(failed)).isPresent()
                && !member.leaf().equals(TestFabric.leaf(2))).count();
        Allocation next = allocated(less, after(rates, before));
        assertThat(changed(before, next)).isEqualTo(crossing).isPositive();
        assertThat(next.guarantee()).isEqualTo(Guarantee.RATE);
        Reservations.of(List.of(next)).forEach((link, rate) -> assertThat(rate).isLessThanOrEqualTo(100_000_000_000L));
        assertThat(Reservations.of(List.of(next)).keySet()).isSubsetOf(less.links());
    }

    /** One failed link of a slice on one spine: on two spines it would leave no whole one for whoever fails next. */
    @Test
    void aSliceThatFitsOnOneSpineDoesNotStayOnTwo() {
        TestFabric made = fabric(3, 3, 2);
        Request ring = request(made.hosts(), pattern("ring"));
        Allocation before = allocated(made.build(), ring);
        assertThat(Plans.spines(before)).isEqualTo(1);
        Link failed = Ways.of(before).from(before.members().get(0).uplink().orElseThrow()).orElseThrow();
        Fabric less = fabric(3, 3, 2).broken(failed).broken(Link.of(failed.to(), failed.from())).build();
        assertThat(Plans.spines(around(less, Ledger.empty(), after(ring, before)).orElseThrow())).isEqualTo(2);
        assertThat(Plans.spines(allocated(less, Ledger.empty(), after(ring, before)))).isEqualTo(1);
    }

    /** The last leaf's links to the three free spines are others': its ways can only join those that are left. */
    @Test
    void aLeafWithoutAFreeLinkDoesNotKeepTheOthersFromStaying() {
        TestFabric made = fabric(16, 5, 2);
        Request any = request(made.hosts(), pattern("any"));
        Fabric whole = made.build();
        Allocation before = allocated(whole, any);
        String dead = Ways.of(before).from(before.members().get(0).uplink().orElseThrow()).orElseThrow().to().switchName();
        Set<String> used = before.links().stream().map(link -> link.to().switchName()).collect(Collectors.toSet());
        TestFabric less = fabric(16, 5, 2);
        ImmutableLedger.Builder neighbours = ImmutableLedger.builder();
        for (Link link : whole.links()) {
            Set<String> ends = Set.of(link.from().switchName(), link.to().switchName());
            if (ends.contains(dead)) {
                less.broken(link);
            } else if (ends.contains(TestFabric.leaf(15)) && ends.stream().noneMatch(each -> used.contains(each)
                    && !each.equals(TestFabric.leaf(15)))) {
                neighbours.putReserved(link, whole.linkBitsPerSecond()).addExclusive(link);
            }
        }
        Ledger ledger = neighbours.build();
        assertThat(ledger.reserved()).hasSize(6);
        Allocation next = around(less.build(), ledger, after(any, before)).orElseThrow();
        long broken = ways(before).values().stream().filter(hops -> hops.toString().contains(dead)).count();
        assertThat(changed(before, next)).isEqualTo(broken).isPositive();
        // all on the one spine that is left would change no more ways, but halve what the other leaves have
        assertThat(Plans.spines(next)).isGreaterThan(1);
    }

    @Test
    void aSliceThatAsksForOtherPatternsGetsWhatCanBeHad() {
        int weaker = 0;
        for (int leaves = 2; leaves <= 4; leaves++) {
            for (int hosts = 2; hosts <= 3; hosts++) {
                TestFabric fabric = fabric(leaves, 12, hosts);
                Request any = request(fabric.hosts(), pattern("any"));
                Request twice = request(fabric.hosts(), pattern("all-to-all"), pattern("all-to-all"));
                Allocation before = allocated(fabric.build(), any);
                Allocation.ReservedLink lost = before.links().get(0);
                Fabric less = fabric(leaves, 12, hosts).broken(Link.of(lost.from(), lost.to())).build();
                Guarantee best = allocated(less, twice).guarantee();
                weaker += allocated(less, after(twice, before)).guarantee() != best ? 1 : 0;
                Request other = ImmutableRequest.copyOf(after(twice, before)).withIsForOtherPatterns(true);
                assertThat(allocated(less, other).guarantee()).isEqualTo(best);
            }
        }
        assertThat(weaker).isPositive(); // else nothing was tested
    }

    @Test
    void waysAroundATooSmallTableAreNotTaken() {
        TestFabric made = TestFabric.of(2, 4).hostsPerLeaf(2);
        Allocation allocation = allocated(made.build(), request(made.hosts(), pattern("ring")));
        AllocatedMember first = allocation.members().get(0);
        List<Allocation.Detour> many = IntStream.rangeClosed(0, ExceptionRules.MOST)
                .mapToObj(rank -> Allocation.Detour.of(rank, first.uplink().orElseThrow())).collect(Collectors.toList());
        Request asked = request(made.hosts(), pattern("ring"));
        ExceptionRules rules = new ExceptionRules(Attachments.of(asked), asked.members());
        assertThat(rules.permit(allocation)).isTrue();
        List<AllocatedMember> members = new ArrayList<>(allocation.members());
        members.set(0, ImmutableAllocatedMember.copyOf(first).withDetours(many));
        assertThat(rules.permit(ImmutableAllocation.copyOf(allocation).withMembers(members))).isFalse();
    }

    @Test
    void changesAsFewWaysAsCanBe() throws Exception {
        Map<String, Integer> figures = new LinkedHashMap<>();
        List.of("cases", "answered", "fewest", "more", "undecided", "refusedAlthoughPossible", "waysBroken", "waysChanged")
                .forEach(name -> figures.put(name, 0));
        for (long seed = 0; seed < CASES; seed++) {
            judge(seed, figures);
        }
        Reports.write("repair-routes", true, figures);
        assertThat(figures.get("answered")).isGreaterThan(CASES / 10);
        assertThat(figures.get("fewest")).isGreaterThanOrEqualTo(figures.get("answered") * 95 / 100);
        assertThat(figures.get("refusedAlthoughPossible")).isLessThanOrEqualTo(CASES / 50);
    }

    private static void judge(long seed, Map<String, Integer> figures) {
        SplittableRandom random = new SplittableRandom(seed);
        int leaves = 2 + random.nextInt(3);
        int spines = 2 + random.nextInt(3);
        int hosts = 1 + random.nextInt(3);
        TestFabric made = fabric(leaves, spines, hosts);
        Request asked = request(Plans.shuffled(made.hosts(), seed).subList(0, 2 + random.nextInt(leaves * hosts - 1)),
                pattern(List.of("ring", "ring", "all-to-all", "any").get(random.nextInt(4))));
        ImmutableLedger.Builder neighbours = ImmutableLedger.builder();
        Fabric whole = made.build();
        for (Link link : whole.links()) {
            if (random.nextInt(5) == 0) {
                neighbours.putReserved(link, whole.linkBitsPerSecond()).addExclusive(link);
            }
        }
        Ledger ledger = neighbours.build();
        Optional<Allocation> found = decided(whole, ledger, asked);
        if (found.isEmpty() || found.get().links().isEmpty()) {
            return;
        }
        Allocation before = found.get();
        TestFabric less = fabric(leaves, spines, hosts);
        int failures = 1 + random.nextInt(2);
        Set<Link> lost = new TreeSet<>();
        for (int failure = 0; failure < failures; failure++) {
            Allocation.ReservedLink link = before.links().get(random.nextInt(before.links().size()));
            lost.add(Link.of(link.from(), link.to()));
        }
        lost.forEach(less::broken);
        figures.merge("cases", 1, Integer::sum);
        Fabric now = less.build();
        Optional<Allocation> next = around(now, ledger, after(asked, before))
                .or(() -> decided(now, ledger, after(asked, before)));
        EveryWay every = new EveryWay(now, ledger, asked, before, BUDGET);
        long broken = every.broken();
        if (next.isEmpty()) {
            figures.merge("refusedAlthoughPossible", every.exists((int) broken) ? 1 : 0, Integer::sum);
            return;
        }
        figures.merge("answered", 1, Integer::sum);
        assertThat(next.get().links()).allMatch(link -> now.links().contains(Link.of(link.from(), link.to()))
                && !ledger.reserved().containsKey(Link.of(link.from(), link.to())));
        assertThat(Certificate.of(asked.patterns(), next.get()).guarantee()).isEqualTo(next.get().guarantee());
        Map<String, List<String>> then = ways(before);
        Map<String, List<String>> after = ways(next.get());
        long changed = then.keySet().stream().filter(key -> !then.get(key).equals(after.get(key))).count();
        figures.merge("waysBroken", (int) broken, Integer::sum);
        figures.merge("waysChanged", (int) changed, Integer::sum);
        if (changed == broken || !every.exists((int) changed - 1)) {
            figures.merge(changed != broken && every.exhausted() ? "undecided" : "fewest", 1, Integer::sum);
        } else {
            figures.merge("more", 1, Integer::sum);
        }
    }

    private static Optional<Allocation> around(Fabric fabric, Ledger ledger, Request request) {
        return AroundFailures.of(fabric, ledger, request, fabric.firstTag());
    }

    private static Optional<Allocation> decided(Fabric fabric, Ledger ledger, Request request) {
        return new CommonSpineAllocator().allocate(fabric, ledger, request)
                .fold(Optional::of, problem -> Optional.empty());
    }
}
