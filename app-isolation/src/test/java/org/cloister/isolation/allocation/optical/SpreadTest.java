package org.cloister.isolation.allocation.optical;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs of 16 whole leaves where free ports are scattered such that no spine has a block of them. */
class SpreadTest {

    private static final OpticalFabric PUBLISHED = OpticalFabric.regular(256, 32, 128, 32, 2);
    private static final OpticalNeed WHOLE_LEAVES = OpticalNeed.nested(IntStream.range(100, 116).toArray(),
            IntStream.generate(() -> 32).limit(16).toArray());

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 40})
    void everyLeafGetsAllItsUplinksFromScatteredPorts(int freePorts) {
        for (int seed = 0; seed < 10; seed++) {
            OpticalOccupancy occupancy = scattered(seed, freePorts);

            OpticalPlan plan = new OpticalPlanner().plan(occupancy, WHOLE_LEAVES).plan().orElseThrow();

            OpticalJudge.check(occupancy, WHOLE_LEAVES, plan);
            OpticalJudge.checkMoves(occupancy, plan);
        }
    }

    @Test
    void whatItGivesIsRightWithAnyFibresToo() {
        int found = 0;
        for (int seed = 0; seed < 3000; seed++) {
            SmallOptics small = SmallOptics.of(seed, 6);
            Assignment assignment = new Assignment(small.occupancy, small.need);
            if (new Spread(assignment, new StepBudget(OpticalPlanner.STEPS)).give()) {
                OpticalJudge.check(small.occupancy, small.need, assignment.plan(false));
                found++;
            } else {
                assertThat(assignment.open()).as("seed %d: nothing is half given", seed)
                        .isEqualTo(small.need.circuits());
            }
        }
        assertThat(found).isGreaterThan(100);
    }

    /** So many ports are free at each spine, anywhere; some have idle circuits. */
    private static OpticalOccupancy scattered(int seed, int freePorts) {
        SplittableRandom random = new SplittableRandom(seed);
        OpticalOccupancy occupancy = OpticalOccupancy.dark(PUBLISHED);
        for (int spine = 0; spine < PUBLISHED.spines(); spine++) {
            int[] ports = PUBLISHED.spinePorts(spine).clone();
            for (int place = 0; place < ports.length; place++) {
                int other = place + random.nextInt(ports.length - place);
                int port = ports[other];
                ports[other] = ports[place];
                ports[place] = port;
                if (place >= freePorts) {
                    occupancy.withhold(port);
                } else {
                    int leaf = random.nextInt(PUBLISHED.leaves());
                    int atLeaf = PUBLISHED.leafPorts(leaf, PUBLISHED.opticalSwitch(port))[0];
                    if (occupancy.peer(atLeaf) < 0) {
                        occupancy.join(PortPair.of(atLeaf, port));
                    }
                }
            }
        }
        return occupancy;
    }
}
