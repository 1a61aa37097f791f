package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** What replays take for granted is what the application's allocator grants, and costs no fewer links than there. */
class LockStepPlacerTest {

    private static final int LEAVES = 4;
    private static final int HOSTS = 4;
    private static final int SPINES = 5;
    private static final Fabric FABRIC = TestFabric.of(LEAVES, SPINES).hostsPerLeaf(HOSTS).build();

    /** Hosts can fill two links at the first leaf and one at each other; a spine for each pair of leaves is no more. */
    @Test
    void aSpineForEachPairOfLeavesIsTooLittle() {
        Occupancy pairs = Occupancy.empty(3, 2, 2);
        long[][] second = {{0b10}};
        pairs.take(new Footprint(new int[] {1}, new int[] {1}, second, second));
        pairs.take(new Footprint(new int[] {2}, new int[] {1}, second, second));
        assertThat(new LockStepPlacer().place(pairs, 4, LinkNeed.hose()).footprint()).isEmpty();
        assertThat(new CloisterPlacer().place(pairs, 4, LinkNeed.hose()).footprint())
                .hasValueSatisfying(found -> assertThat(found.links()).isEqualTo(8));

        Occupancy common = Occupancy.empty(3, 2, 2);
        common.withhold(1, 1);
        common.withhold(2, 1);
        Footprint found = new LockStepPlacer().place(common, 4, LinkNeed.hose()).footprint().orElseThrow();
        assertThat(found.links()).isEqualTo(12);
    }

    /** On random fabrics, for the same hosts: granted, in lock-step at least if the pattern is known, on no more links. */
    @ParameterizedTest
    @EnumSource(value = PatternType.class, names = {"RING", "HALVING_DOUBLING", "ALL_TO_ALL", "ANY"})
    void whatIsTakenIsWhatTheAllocatorGrants(PatternType pattern) {
        SplittableRandom random = new SplittableRandom(pattern.ordinal());
        LinkNeed need = pattern == PatternType.ANY ? LinkNeed.hose()
                : LinkNeed.atMost(pattern == PatternType.RING ? 1 : LEAVES * HOSTS);
        Guarantee least = pattern == PatternType.ANY ? Guarantee.ISOLATED : Guarantee.LOCK_STEP;
        int several = 0;
        List<String> less = new ArrayList<>();
        for (int sample = 0; sample < 400; sample++) {
            Occupancy occupancy = Occupancy.empty(LEAVES, HOSTS, SPINES);
            ImmutableLedger.Builder ledger = ImmutableLedger.builder();
            for (int leaf = 0; leaf < LEAVES; leaf++) {
                long[][] taken = {{random.nextInt(1 << SPINES) & random.nextInt(1 << SPINES)}};
                occupancy.take(new Footprint(new int[] {leaf}, new int[] {random.nextInt(HOSTS)}, taken, taken));
                for (int spine = 0; spine < SPINES; spine++) {
                    if (Masks.has(taken[0], spine)) {
                        ledger.putReserved(TestFabric.up(leaf, spine), FABRIC.linkBitsPerSecond());
                        ledger.putReserved(TestFabric.down(leaf, spine), FABRIC.linkBitsPerSecond());
                    }
                }
            }
            int hosts = pattern == PatternType.HALVING_DOUBLING ? 2 << random.nextInt(3)
                    : 2 + random.nextInt(Math.max(1, occupancy.freeHosts() - 1));
            Placed placed = new LockStepPlacer().place(occupancy, hosts, need);
            if (placed.footprint().map(Footprint::size).orElse(1) > 1) {
                several++;
                Footprint booked = placed.footprint().get();
                occupancy.take(booked);
                occupancy.release(booked);
                Optional<Allocation> granted = allocate(ledger.build(), booked, pattern);
                String what = pattern + " " + booked + " -> " + granted.map(each -> each.guarantee() + " "
                        + each.links().size()).orElse("refused");
                if (granted.isEmpty() || granted.get().guarantee().compareTo(least) > 0
                        || granted.get().links().size() > booked.links()) {
                    less.add(what);
                }
            }
        }
        assertThat(several).isGreaterThan(80);
        assertThat(less).isEmpty();
    }

    private static Optional<Allocation> allocate(ImmutableLedger ledger, Footprint footprint, PatternType pattern) {
        List<Member> members = new ArrayList<>();
        for (int place = 0; place < footprint.size(); place++) {
            for (int host = 0; host < footprint.hosts(place); host++) {
                members.add(Member.of("h-" + footprint.leaf(place) + "-" + host));
            }
        }
        SliceSpec spec = SliceSpec.builder().members(members).addPatterns(Pattern.of(pattern)).build();
        return Requests.check(FABRIC, spec).fold(request -> new CommonSpineAllocator()
                .allocate(FABRIC, ledger, request).fold(Optional::of, problem -> Optional.empty()), problem -> {
            throw new IllegalStateException(problem.toString());
        });
    }
}
