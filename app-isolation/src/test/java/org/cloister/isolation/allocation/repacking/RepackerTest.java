package org.cloister.isolation.allocation.repacking;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.contention.Certificate;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Running slices make room for a request: against every sequence of moves on small fabrics. */
class RepackerTest {

    private static final int CASES = Reports.isFull() ? 20_000 : 1_000;

    private final Repacker repacker = new Repacker();

    @Test
    void findsWhatEverySequenceOfMovesFinds() throws Exception {
        Map<String, Integer> figures = new LinkedHashMap<>();
        List.of("refused", "avoidable", "found", "fewest", "unproven").forEach(name -> figures.put(name, 0));
        for (long seed = 0; seed < CASES; seed++) {
            CrowdedFabric crowded = new CrowdedFabric(seed);
            if (!crowded.isRefused()) {
                continue;
            }
            figures.merge("refused", 1, Integer::sum);
            Repacking repacking = room(crowded);
            OptionalInt fewest = new EveryMove(crowded).fewest(Repacker.MOVES_MAX);
            carryOut(crowded, repacking);
            if (fewest.isPresent()) {
                figures.merge("avoidable", 1, Integer::sum);
                figures.merge("found", repacking.moves().isEmpty() ? 0 : 1, Integer::sum);
                figures.merge("fewest", repacking.moves().size() == fewest.getAsInt() ? 1 : 0, Integer::sum);
            }
            figures.merge("unproven", repacking.proven() ? 0 : 1, Integer::sum);
            assertThat(fewest.isPresent() || repacking.moves().isEmpty())
                    .as("moves that nobody else finds, seed %d", seed).isTrue();
        }
        Reports.write("repacking", true, figures);
        assertThat(figures.get("avoidable")).isGreaterThan(CASES / 100);
        assertThat(figures.get("found")).isGreaterThanOrEqualTo(figures.get("avoidable") * 95 / 100);
        assertThat(figures.get("fewest")).isGreaterThanOrEqualTo(figures.get("found") * 95 / 100);
    }

    private Repacking room(CrowdedFabric crowded) {
        return repacker.room(crowded.fabric(), crowded.ledger(), List.of(), crowded.movable(),
                ledger -> CrowdedFabric.decision(crowded.fabric(), ledger, crowded.request()));
    }

    /** Each move goes to links that nobody has at its time, and the request fits afterwards. */
    private static void carryOut(CrowdedFabric crowded, Repacking repacking) {
        Map<SliceId, Allocation> slices = new LinkedHashMap<>(crowded.slices());
        Set<SliceId> allowed = crowded.movable().stream().map(Holding::slice).collect(Collectors.toSet());
        for (Holding move : repacking.moves()) {
            assertThat(allowed).contains(move.slice());
            Allocation before = slices.get(move.slice());
            slices.put(move.slice(), move.allocation());
            CrowdedFabric.ledger(crowded.fabric(), slices); // fails if two slices have a link
            Certificate certificate = Certificate.of(crowded.request(move.slice()).patterns(), move.allocation());
            assertThat(certificate.guarantee()).isEqualTo(before.guarantee());
            assertThat(certificate.maxFlowsPerLink()).isEqualTo(before.maxFlowsPerLink());
            assertThat(links(move.allocation())).isSorted().isSubsetOf(crowded.fabric().links())
                    .hasSameSizeAs(before.links());
            assertThat(crowded.ledger().tags()).doesNotContain(move.allocation().tag());
        }
        if (!repacking.moves().isEmpty()) {
            assertThat(CrowdedFabric.allocated(crowded.fabric(), CrowdedFabric.ledger(crowded.fabric(), slices),
                    crowded.request())).isPresent();
            assertThat(repacking.first()).isNotEmpty();
        }
        // those that can begin at once do not meet each other nor anybody who has not left
        Ledger before = crowded.ledger();
        Set<Link> begun = new HashSet<>();
        for (Holding move : repacking.first()) {
            List<Link> own = links(crowded.slices().get(move.slice()));
            links(move.allocation()).forEach(link -> assertThat(begun.add(link)
                    && (own.contains(link) || !before.reserved().containsKey(link))).isTrue());
        }
    }

    private static List<Link> links(Allocation allocation) {
        return allocation.links().stream().map(link -> Link.of(link.from(), link.to())).collect(Collectors.toList());
    }

    @Test
    void aSliceInTheWayGoesToAnotherSpine() {
        // two slices of two leaves each on spines of their own; the third needs one spine for all four leaves
        Pair pair = new Pair(4, 2);
        Holding one = pair.slice("one", 0, 0, 1);
        Holding two = pair.slice("two", 1, 2, 3);
        Request all = pair.ring(0, 1, 2, 3);
        Repacking repacking = repacker.room(pair.fabric, pair.ledger(one, two), List.of(), List.of(one, two), pair.granting(all));
        assertThat(repacking.moves()).hasSize(1);
        assertThat(repacking.first()).hasSize(1);
        assertThat(repacker.room(pair.fabric, pair.ledger(one, two), List.of(), List.of(), pair.granting(all)).moves()).isEmpty();
        assertThat(repacker.room(pair.fabric, pair.ledger(one, two), List.of(), List.of(two), pair.granting(all)).moves())
                .extracting(Holding::slice).containsExactly(two.slice());
    }

    @Test
    void whoeverIsInTheWayOfAMoveLeavesFirst() {
        // the request has to get spine 0, a can only go to spine 1, and b can leave that for spine 2
        Pair pair = new Pair(5, 3);
        Holding a = pair.slice("a", 0, 0, 1);
        Holding b = pair.slice("b", 1, 1, 2);
        Ledger ledger = pair.ledger(a, b, pair.slice("stays", 1, 3, 4), pair.slice("stays-too", 2, 0, 3));
        Repacking repacking = repacker.room(pair.fabric, ledger, List.of(), List.of(a, b), pair.granting(pair.ring(0, 3)));
        assertThat(repacking.moves()).extracting(Holding::slice).containsExactly(b.slice(), a.slice());
        assertThat(repacking.first()).extracting(Holding::slice).containsExactly(b.slice());
        assertThat(repacker.room(pair.fabric, ledger, List.of(), List.of(a), pair.granting(pair.ring(0, 3))).moves()).isEmpty();
    }

    @Test
    void withoutATagForTheMoveNobodyMoves() {
        Pair pair = new Pair(4, 2);
        Holding one = pair.slice("one", 0, 0, 1);
        Holding two = pair.slice("two", 1, 2, 3);
        Ledger ledger = ImmutableLedger.copyOf(pair.ledger(one, two)).withTags(
                IntStream.rangeClosed(100, 3999).boxed().collect(Collectors.toList()));
        assertThat(repacker.room(pair.fabric, ledger, List.of(), List.of(one, two), pair.granting(pair.ring(0, 1, 2, 3))).moves()).isEmpty();
    }

    @Test
    void theTagThatTheRequestsSliceHasIsGivenToNobody() {
        // the ledger is the request's: what its slice holds of tags is free there, as its links are
        Pair pair = new Pair(4, 2);
        Holding one = pair.slice("one", 0, 0, 1);
        Holding two = pair.slice("two", 1, 2, 3);
        Allocation own = ImmutableAllocation.copyOf(one.allocation()).withTag(102).withLinks(List.of());
        assertThat(room(pair, List.of(own), 104, one, two)).containsExactly(103);
        // one for the move is enough, for the request gets its own
        assertThat(room(pair, List.of(own), 103, one, two)).containsExactly(103);
        assertThat(room(pair, List.of(own), 102, one, two)).isEmpty();
        assertThat(room(pair, List.of(), 102, one, two)).isEmpty();
        assertThat(room(pair, List.of(), 103, one, two)).containsExactly(102);
    }

    /** The tags of the moves that make room if these slices have 100 and 101, and tags up to a last one are free. */
    private List<Integer> room(Pair pair, List<Allocation> own, int last, Holding... slices) {
        Set<Integer> taken = IntStream.rangeClosed(last + 1, 3999).boxed().collect(Collectors.toSet());
        taken.addAll(Set.of(100, 101));
        Ledger ledger = ImmutableLedger.copyOf(pair.ledger(slices)).withTags(taken);
        return repacker.room(pair.fabric, ledger, own, List.of(slices), pair.granting(pair.ring(0, 1, 2, 3))).moves()
                .stream().map(move -> move.allocation().tag()).collect(Collectors.toList());
    }

    @Test
    void aBoundThatEndsTheSearchIsSaid() {
        Pair pair = new Pair(4, 2);
        Holding one = pair.slice("one", 0, 0, 1);
        Holding two = pair.slice("two", 1, 2, 3);
        Repacking repacking = new Repacker(0)
                .room(pair.fabric, pair.ledger(one, two), List.of(), List.of(one, two), pair.granting(pair.ring(0, 1, 2, 3)));
        assertThat(repacking.moves()).isEmpty();
        assertThat(repacking.proven()).isFalse();
    }

    /** Slices that are where a test wants them. */
    private static final class Pair {

        private final TestFabric made;
        private final Fabric fabric;
        private int hosts;
        private int tag = 100;

        Pair(int leaves, int spines) {
            made = TestFabric.of(leaves, spines).hostsPerLeaf(8);
            fabric = made.build();
        }

        Request ring(int... leaves) {
            int place = hosts++ % 8;
            List<Host> members = IntStream.of(leaves)
                    .mapToObj(leaf -> fabric.hosts().get("h-" + leaf + "-" + place)).collect(Collectors.toList());
            return CrowdedFabric.request(members, "ring");
        }

        Holding slice(String name, int spine, int... leaves) {
            Map<Link, Long> others = new TreeMap<>();
            fabric.links().stream().filter(link -> !link.from().switchName().equals(TestFabric.spine(spine))
                    && !link.to().switchName().equals(TestFabric.spine(spine))).forEach(link -> others.put(link, 1L));
            Allocation allocation = CrowdedFabric.allocated(fabric,
                    ImmutableLedger.builder().reserved(others).build(), ring(leaves)).orElseThrow();
            return Holding.of(SliceId.of(name), ImmutableAllocation.copyOf(allocation)
                    .withTag(tag++));
        }

        Function<Ledger, Decision> granting(Request request) {
            return ledger -> CrowdedFabric.decision(fabric, ledger, request);
        }

        Ledger ledger(Holding... holdings) {
            Map<SliceId, Allocation> slices = new LinkedHashMap<>();
            List.of(holdings).forEach(holding -> slices.put(holding.slice(), holding.allocation()));
            return CrowdedFabric.ledger(fabric, slices);
        }
    }
}
