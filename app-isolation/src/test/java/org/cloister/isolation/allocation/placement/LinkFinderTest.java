package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class LinkFinderTest {

    @Test
    void findsLinksWheneverThereAreAnyOnSmallFabrics() {
        SplittableRandom random = new SplittableRandom(4);
        int without = 0;
        for (int sample = 0; sample < 5_000; sample++) {
            int leaves = 2 + random.nextInt(3);
            Occupancy occupancy = Samples.occupancy(random, leaves, 4, 1 + random.nextInt(4), random.nextDouble());
            int[] all = IntStream.range(0, leaves).filter(leaf -> occupancy.freeHosts(leaf) > 0).toArray();
            if (all.length == 0) {
                continue;
            }
            int[] hosts = IntStream.of(all).map(occupancy::freeHosts).toArray();
            int wanted = occupancy.freeHosts();
            LinkNeed need = random.nextBoolean() ? LinkNeed.hose() : LinkNeed.atMost(1 + random.nextInt(2));
            Placed placed = LinkFinder.find(occupancy, all, hosts, need);
            assertThat(placed.proven()).isTrue();
            assertThat(placed.footprint().isPresent()).isEqualTo(BruteForce.of(occupancy, wanted, need).possible());
            placed.footprint().ifPresent(found ->
                    assertThat(Samples.fault(occupancy, found, wanted, need)).isEmpty());
            without += placed.footprint().isEmpty() ? 1 : 0;
        }
        assertThat(without).isBetween(500, 4_500);
    }

    @Test
    void findsLinksOnManyLeavesWithoutASpineInCommon() {
        SplittableRandom random = new SplittableRandom(6);
        LinkNeed hose = LinkNeed.hose();
        int found = 0;
        int samples = 30;
        for (int sample = 0; sample < samples; sample++) {
            Occupancy occupancy = withHosts(Samples.occupancy(random, 32, 8, 64, 0.5));
            int[] leaves = IntStream.range(0, 32).toArray();
            int[] hosts = IntStream.range(0, 32).map(leaf -> 8).toArray();
            assertThat(commonToAll(occupancy)).isZero();
            Optional<Footprint> links = LinkFinder.find(occupancy, leaves, hosts, hose).footprint();
            if (links.isPresent()) {
                found++;
                assertThat(Samples.fault(occupancy, links.get(), 256, hose)).isEmpty();
            }
        }
        assertThat(found).as("of %s", samples).isGreaterThanOrEqualTo(20);
    }

    /** The same links, and at least 8 hosts free on each leaf. */
    private static Occupancy withHosts(Occupancy some) {
        Occupancy all = Occupancy.empty(some.leaves(), 8, some.spines());
        for (int leaf = 0; leaf < some.leaves(); leaf++) {
            long[] up = Masks.first(some.spines());
            long[] down = up.clone();
            for (int spine = 0; spine < some.spines(); spine++) {
                if (Masks.has(some.up(leaf), spine)) {
                    Masks.clear(up, spine);
                }
                if (Masks.has(some.down(leaf), spine)) {
                    Masks.clear(down, spine);
                }
            }
            all.take(new Footprint(new int[] {leaf}, new int[] {0}, new long[][] {up}, new long[][] {down}));
        }
        return all;
    }

    private static int commonToAll(Occupancy occupancy) {
        long[] common = Masks.first(occupancy.spines());
        for (int leaf = 0; leaf < occupancy.leaves(); leaf++) {
            Masks.retain(common, occupancy.up(leaf));
            Masks.retain(common, occupancy.down(leaf));
        }
        return Masks.count(common);
    }

    @Test
    void saysWhenTheSearchEndedForWantOfSteps() {
        SplittableRandom random = new SplittableRandom(5);
        int unproven = 0;
        for (int sample = 0; sample < 200; sample++) {
            Occupancy occupancy = Samples.occupancy(random, 12, 4, 30, 0.5);
            int[] leaves = IntStream.range(0, 12).toArray();
            int[] hosts = IntStream.range(0, 12).map(leaf -> 2).toArray();
            Placed placed = LinkFinder.find(occupancy, leaves, hosts, LinkNeed.hose(), new Budget(500));
            unproven += placed.proven() ? 0 : 1;
        }
        assertThat(unproven).isPositive();
    }
}
