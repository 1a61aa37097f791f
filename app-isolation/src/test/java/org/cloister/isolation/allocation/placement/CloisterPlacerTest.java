package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class CloisterPlacerTest {

    private static final LinkNeed HOSE = LinkNeed.hose();

    private final CloisterPlacer placer = new CloisterPlacer();

    @Test
    void oneLeafTheFullestThatDoesAndNoLinks() {
        Occupancy occupancy = Occupancy.empty(4, 8, 8);
        occupancy.withhold(1, 3);
        occupancy.withhold(2, 4);
        Placed placed = placer.place(occupancy, 5, HOSE);
        assertThat(placed.footprint()).hasValueSatisfying(found -> {
            assertThat(found.toString()).isEqualTo("1: 5 hosts, up {}, down {}");
            assertThat(found.links()).isZero();
        });
        assertThat(placed.proven()).isTrue();
    }

    @Test
    void equalSharesWithARemainderOnCommonSpines() {
        Occupancy occupancy = Occupancy.empty(4, 8, 8);
        occupancy.withhold(1, 5);
        occupancy.withhold(0, 1);
        assertThat(text(placer.place(occupancy, 19, HOSE))).isEqualTo("1: 3 hosts, up {0, 1, 2}, down {0, 1, 2}, "
                + "2: 8 hosts, up {0, 1, 2, 3, 4, 5, 6, 7}, down {0, 1, 2, 3, 4, 5, 6, 7}, "
                + "3: 8 hosts, up {0, 1, 2, 3, 4, 5, 6, 7}, down {0, 1, 2, 3, 4, 5, 6, 7}");
    }

    @Test
    void unevenSharesWhenNoEqualOnesAreFree() {
        Occupancy occupancy = Occupancy.empty(3, 8, 8);
        occupancy.withhold(1, 2);
        occupancy.withhold(2, 4);
        Footprint found = placer.place(occupancy, 18, HOSE).footprint().orElseThrow();
        assertThat(Samples.fault(occupancy, found, 18, HOSE)).isEmpty();
        assertThat(Masks.common(found.up(1), found.down(0))).as("nested").isEqualTo(6);
        assertThat(Masks.common(found.up(2), found.down(1))).as("nested").isEqualTo(4);
    }

    @Test
    void hopByHopWhenNoSpineIsCommonToAll() {
        Occupancy occupancy = Occupancy.empty(3, 2, 3);
        for (int leaf = 0; leaf < 3; leaf++) {
            long[][] taken = {{1L << leaf}};
            occupancy.take(new Footprint(new int[] {leaf}, new int[] {0}, taken, taken));
        }
        Footprint found = placer.place(occupancy, 6, HOSE).footprint().orElseThrow();
        assertThat(Samples.fault(occupancy, found, 6, HOSE)).isEmpty();
    }

    @Test
    void aLeafWithMoreThanHalfNeedsAsManyLinksAsThereAreOthers() {
        Occupancy occupancy = Occupancy.empty(2, 8, 8);
        Placed placed = placer.place(occupancy, 10, HOSE);
        assertThat(placed.footprint()).hasValueSatisfying(found -> assertThat(found.links()).isEqualTo(8));
        assertThat(placed.proven()).isTrue();
    }

    @Test
    void fewerLinksForAPatternOfWhichFewerPairsLeaveALeaf() {
        Occupancy occupancy = Occupancy.empty(8, 8, 8);
        Footprint found = placer.place(occupancy, 64, LinkNeed.atMost(1)).footprint().orElseThrow();
        assertThat(found.links()).isEqualTo(16);
        assertThat(Samples.fault(occupancy, found, 64, LinkNeed.atMost(1))).isEmpty();
    }

    @Test
    void whatIsPlacedIsFreeAndNeededAndJoinsAllLeaves() {
        SplittableRandom random = new SplittableRandom(1);
        int found = 0;
        for (int sample = 0; sample < 3_000; sample++) {
            int leaves = 2 + random.nextInt(40);
            int spines = 1 + random.nextInt(90);
            int perLeaf = 1 + random.nextInt(40);
            Occupancy occupancy = Samples.occupancy(random, leaves, perLeaf, spines, random.nextDouble());
            int hosts = 1 + random.nextInt(Math.max(1, occupancy.freeHosts()));
            LinkNeed need = random.nextBoolean() ? HOSE : LinkNeed.atMost(1 + random.nextInt(8));
            Placed placed = placer.place(occupancy, hosts, need);
            if (placed.footprint().isPresent()) {
                found++;
                assertThat(Samples.fault(occupancy, placed.footprint().get(), hosts, need)).isEmpty();
            }
            assertThat(text(placer.place(occupancy.copy(), hosts, need))).as("again").isEqualTo(text(placed));
        }
        assertThat(found).isBetween(1_000, 2_999);
    }

    @Test
    void candidatesAreSoundAndDifferAndBeginWithWhatIsPlaced() {
        SplittableRandom random = new SplittableRandom(2);
        for (int sample = 0; sample < 300; sample++) {
            Occupancy occupancy = Samples.occupancy(random, 12, 8, 8, random.nextDouble() / 2);
            int hosts = 1 + random.nextInt(Math.max(1, occupancy.freeHosts()));
            List<String> shapes = new ArrayList<>();
            Iterator<Footprint> candidates = CloisterPlacer.candidates(occupancy, hosts, HOSE);
            while (candidates.hasNext() && shapes.size() < 50) {
                Footprint candidate = candidates.next();
                assertThat(Samples.fault(occupancy, candidate, hosts, HOSE)).isEmpty();
                shapes.add(candidate.toString());
            }
            Set<String> different = new HashSet<>(shapes);
            assertThat(different).hasSameSizeAs(shapes);
            assertThat(shapes.isEmpty() ? "" : shapes.get(0)).isEqualTo(text(placer.place(occupancy, hosts, HOSE)));
        }
    }

    @Test
    void whatIsProvenHoldsAgainstAllPlacementsOfSmallFabrics() {
        SplittableRandom random = new SplittableRandom(3);
        int impossible = 0;
        int provenBest = 0;
        for (int sample = 0; sample < 4_000; sample++) {
            Occupancy occupancy = Samples.occupancy(random, 2 + random.nextInt(3), 1 + random.nextInt(4),
                    1 + random.nextInt(4), random.nextDouble() * 0.8);
            int hosts = 1 + random.nextInt(Math.max(1, occupancy.freeHosts()));
            LinkNeed need = random.nextInt(4) > 0 ? HOSE : LinkNeed.atMost(1 + random.nextInt(3));
            BruteForce all = BruteForce.of(occupancy, hosts, need);
            Placed placed = placer.place(occupancy, hosts, need);
            assertThat(placed.footprint().isPresent()).as("%s hosts, %s", hosts, need).isEqualTo(all.possible());
            if (placed.footprint().isEmpty()) {
                impossible++;
                assertThat(placed.proven()).as("all were looked at").isTrue();
            } else if (placed.proven()) {
                provenBest++;
                assertThat(placed.footprint().get().size()).isEqualTo(all.leaves());
                assertThat(placed.footprint().get().links()).isEqualTo(all.links());
            }
        }
        assertThat(impossible).isGreaterThan(300);
        assertThat(provenBest).isGreaterThan(1_000);
    }

    @Test
    void nothingWhenTooFewHostsAreFree() {
        Placed placed = placer.place(Occupancy.empty(2, 2, 2), 5, HOSE);
        assertThat(placed.footprint()).isEmpty();
        assertThat(placed.proven()).isTrue();
    }

    private static String text(Placed placed) {
        return placed.footprint().map(Footprint::toString).orElse("");
    }
}
