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
    void jobsComeAndGoOnABusyFabric() {
        OpticalOccupancy occupancy = OpticalOccupancy.dark(PUBLISHED);
        SplittableRandom random = new SplittableRandom(1);
        List<OpticalFootprint> running = new ArrayList<>();
        int placements = 0;
        for (int turn = 0; turn < 500; turn++) {
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
        assertThat(placements).isGreaterThan(400);
        running.forEach(occupancy::release);
        assertThat(occupancy.freeHosts()).isEqualTo(8192);
    }
}
