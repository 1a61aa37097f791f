package org.cloister.isolation.allocation.optical;

import org.cloister.isolation.allocation.placement.LinkNeed;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** Places jobs on the published fabric: 256 leaves × 32 hosts, 128 spines, 32 optical switches. */
class OpticalPlacerTest {

    private static final int[] SIZES = {8, 64, 128, 192, 256, 384, 512};
    private static final OpticalFabric PUBLISHED = OpticalFabric.regular(256, 32, 128, 32, 2);

    private final OpticalPlacer placer = new OpticalPlacer();

    @Test
    void whatJobsGaveBackStaysAsIdleLightAndIsUsedAgain() {
        OpticalOccupancy occupancy = OpticalOccupancy.dark(PUBLISHED);
        OpticalFootprint first = placer.place(occupancy, 512, LinkNeed.hose()).footprint().orElseThrow();
        assertThat(first.moves()).isEqualTo(512);
        assertThat(first.circuits().proven()).isTrue();
        occupancy.take(first);
        occupancy.release(first);
        OpticalFootprint again = placer.place(occupancy, 512, LinkNeed.hose()).footprint().orElseThrow();
        assertThat(again.moves()).isZero();
        assertThat(again.circuits().kept()).hasSize(512);
    }

    @Test
    void aJobOnOneLeafGetsTheLeafThatFitsBestAndNoLight() {
        OpticalOccupancy occupancy = OpticalOccupancy.dark(PUBLISHED);
        occupancy.withholdHosts(7, 20);

        OpticalFootprint placed = placer.place(occupancy, 12, LinkNeed.hose()).footprint().orElseThrow();

        assertThat(placed.size()).isEqualTo(1);
        assertThat(placed.leaf(0)).isEqualTo(7);
        assertThat(placed.moves()).isZero();
    }

    @Test
    void twoLeavesAreJoinedDirectlyByAsFewCircuitsAsTheSmallerShareNeeds() {
        OpticalFootprint placed = placer.place(OpticalOccupancy.dark(PUBLISHED), 40, LinkNeed.hose()).footprint()
                .orElseThrow();

        assertThat(placed.size()).isEqualTo(2);
        assertThat(placed.hosts(0)).isEqualTo(32);
        assertThat(placed.circuits().colours()).isEqualTo(8);
        assertThat(placed.circuits().spine(0)).isEqualTo(-1);
        assertThat(placed.circuits().all()).hasSize(8)
                .allMatch(circuit -> PUBLISHED.leaf(circuit.low()) >= 0 && PUBLISHED.leaf(circuit.high()) >= 0);
    }

    @Test
    void theRemainderUsesNoMoreSpinesThanItHasHosts() {
        OpticalFootprint placed = placer.place(OpticalOccupancy.dark(PUBLISHED), 100, LinkNeed.hose()).footprint()
                .orElseThrow();

        // 4 leaves: 25 hosts each
        assertThat(placed.size()).isEqualTo(4);
        assertThat(placed.circuits().all()).hasSize(100);
        OpticalFootprint uneven = placer.place(OpticalOccupancy.dark(PUBLISHED), 101, LinkNeed.hose()).footprint()
                .orElseThrow();
        assertThat(uneven.circuits().all()).as("3 leaves with 26 hosts and one with 23").hasSize(101);
    }

    @Test
    void aRingNeedsOneSpine() {
        OpticalFootprint placed = placer.place(OpticalOccupancy.dark(PUBLISHED), 512, LinkNeed.atMost(1)).footprint()
                .orElseThrow();

        assertThat(placed.size()).isEqualTo(16);
        assertThat(placed.circuits().colours()).isEqualTo(1);
        assertThat(placed.moves()).isEqualTo(16);
    }

    @Test
    void whatNeverFitsIsRefusedForSure() {
        assertThat(placer.place(OpticalOccupancy.dark(PUBLISHED), 8193, LinkNeed.hose()).footprint()).isEmpty();
        assertThat(placer.place(OpticalOccupancy.dark(PUBLISHED), 8193, LinkNeed.hose()).proven()).isTrue();
        OpticalPlaced wide = placer.place(OpticalOccupancy.dark(PUBLISHED), 65 * 32, LinkNeed.hose());
        assertThat(wide.footprint()).as("no spine has ports for 65 leaves").isEmpty();
    }

    /** A queue without overtaking, as full as hosts allow: a job that waits for light makes all others wait. */
    @Test
    void noJobOfWholeLeavesWaitsForLightWhereEnoughHostsAreFree() {
        OpticalOccupancy occupancy = OpticalOccupancy.dark(PUBLISHED);
        SplittableRandom random = new SplittableRandom(7);
        List<OpticalFootprint> running = new ArrayList<>();
        for (int turn = 0; turn < 2000; turn++) {
            int leaves = 2 << random.nextInt(4);
            LinkNeed need = random.nextInt(5) == 0 ? LinkNeed.atMost(1) : LinkNeed.hose();
            while (occupancy.freeHosts() < leaves * 32) {
                occupancy.release(running.remove(random.nextInt(running.size())));
            }
            OpticalPlaced placed = placer.place(occupancy, leaves * 32, need);
            assertThat(placed.footprint()).as("job %d on %d leaves, %d hosts free", turn, leaves,
                    occupancy.freeHosts()).isPresent();
            occupancy.take(placed.footprint().get());
            running.add(placed.footprint().get());
        }
    }

    @Test
    void jobsComeAndGoOnABusyFabric() {
        OpticalOccupancy occupancy = OpticalOccupancy.dark(PUBLISHED);
        SplittableRandom random = new SplittableRandom(1);
        List<OpticalFootprint> running = new ArrayList<>();
        int placements = 0;
        for (int turn = 0; turn < 300; turn++) {
            int size = SIZES[random.nextInt(SIZES.length)];
            LinkNeed need = random.nextInt(3) == 0 ? LinkNeed.atMost(1) : LinkNeed.hose();
            OpticalPlaced placed = placer.place(occupancy, size, need);
            if (placed.footprint().isPresent()) {
                OpticalFootprint footprint = placed.footprint().get();
                assertThat(footprint.hosts()).isEqualTo(size);
                OpticalJudge.checkMoves(occupancy, footprint.circuits());
                occupancy.take(footprint);
                running.add(footprint);
                placements++;
            }
            while (occupancy.freeHosts() < 8192 * (5 + random.nextInt(10)) / 100) {
                occupancy.release(running.remove(random.nextInt(running.size())));
            }
        }
        assertThat(placements).isGreaterThan(240);
        running.forEach(occupancy::release);
        assertThat(occupancy.freeHosts()).isEqualTo(8192);
    }
}
