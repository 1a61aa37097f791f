package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.placement.Placer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules are what their papers say, and find a placement whenever there is one by them. */
class BaselinesTest {

    private static final int LEAVES = 4;
    private static final int HOSTS = 4;
    private static final int SPINES = 4;

    @Test
    void laasFindsWhatItsRuleAllows() {
        compare(new LaasPlacer(), false);
    }

    @Test
    void vclosFindsWhatItsRuleAllows() {
        compare(new VclosPlacer(), true);
    }

    @Test
    void vclosPlacesNoPrimeBeyondALeafAndLaasDoes() {
        Occupancy occupancy = Occupancy.empty(6, 4, 4);
        assertThat(new VclosPlacer().place(occupancy, 13, LinkNeed.hose()).footprint()).isEmpty();
        assertThat(new LaasPlacer().place(occupancy, 13, LinkNeed.hose()).footprint()).hasValueSatisfying(found ->
                assertThat(found.toString()).isEqualTo("0: 4 hosts, up {0, 1, 2, 3}, down {0, 1, 2, 3}, "
                        + "1: 4 hosts, up {0, 1, 2, 3}, down {0, 1, 2, 3}, "
                        + "2: 4 hosts, up {0, 1, 2, 3}, down {0, 1, 2, 3}, 3: 1 hosts, up {0}, down {0}"));
    }

    @Test
    void twoLeavesOfLaasUseAsManySpinesAsTheLesserHasHosts() {
        Footprint found = new LaasPlacer().place(Occupancy.empty(2, 4, 4), 5, LinkNeed.hose()).footprint()
                .orElseThrow();
        assertThat(found.links()).isEqualTo(4);
    }

    @Test
    void hostsAloneAreEnoughForHostsOnly() {
        Occupancy occupancy = Occupancy.empty(3, 4, 1);
        Footprint found = new HostsOnlyPlacer().place(occupancy, 11, LinkNeed.hose()).footprint().orElseThrow();
        occupancy.take(found);
        assertThat(occupancy.freeHosts()).isEqualTo(1);
        assertThat(found.links()).isZero();
        assertThat(new HostsOnlyPlacer().place(occupancy, 2, LinkNeed.hose()).proven()).isTrue();
    }

    private static void compare(Placer placer, boolean exact) {
        SplittableRandom random = new SplittableRandom(1);
        int found = 0;
        int none = 0;
        for (int sample = 0; sample < 3_000; sample++) {
            Occupancy occupancy = Occupancy.empty(LEAVES, HOSTS, SPINES);
            for (int leaf = 0; leaf < LEAVES; leaf++) {
                long[][] taken = {{random.nextInt(1 << SPINES) & random.nextInt(1 << SPINES)}};
                occupancy.take(new Footprint(new int[] {leaf}, new int[] {random.nextInt(HOSTS + 1)}, taken, taken));
            }
            int hosts = 1 + random.nextInt(Math.max(1, occupancy.freeHosts()));
            Placed placed = placer.place(occupancy, hosts, LinkNeed.hose());
            assertThat(placed.footprint().isPresent()).isEqualTo(allowed(occupancy, hosts, exact));
            placed.footprint().ifPresent(occupancy::take);
            if (placed.footprint().isPresent()) {
                found++;
                assertThat(placed.footprint().get().hosts()).isEqualTo(hosts);
                assertThat(nested(placed.footprint().get())).isTrue();
            } else {
                none++;
                assertThat(placed.proven()).isTrue();
            }
        }
        assertThat(found).isGreaterThan(500);
        assertThat(none).isGreaterThan(100);
    }

    /** Tries all sets of leaves, and each as the one with the remainder. */
    private static boolean allowed(Occupancy occupancy, int hosts, boolean exact) {
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            if (occupancy.freeHosts(leaf) >= hosts) {
                return true;
            }
        }
        for (int share = 1; share < hosts; share++) {
            int rest = hosts % share;
            if (rest > 0 && exact) {
                continue;
            }
            for (int set = 1; set < 1 << LEAVES; set++) {
                if (Integer.bitCount(set) == hosts / share && fits(occupancy, set, share, rest)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean fits(Occupancy occupancy, int set, int share, int rest) {
        long common = (1 << SPINES) - 1;
        List<Integer> others = new ArrayList<>();
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            if ((set >>> leaf & 1) == 0) {
                others.add(leaf);
            } else if (occupancy.freeHosts(leaf) < share) {
                return false;
            } else {
                common &= occupancy.up(leaf)[0];
            }
        }
        long spines = common;
        int links = Integer.bitCount(set) == 1 ? rest : share;
        return Long.bitCount(spines) >= links && (rest == 0 && Integer.bitCount(set) > 1 || others.stream()
                .anyMatch(leaf -> rest > 0 && occupancy.freeHosts(leaf) >= rest
                        && Long.bitCount(spines & occupancy.up(leaf)[0]) >= rest));
    }

    private static boolean nested(Footprint found) {
        for (int one = 0; one < found.size(); one++) {
            for (int other = 0; other < found.size(); other++) {
                if (Masks.common(found.up(one), found.down(other))
                        < Math.min(Masks.count(found.up(one)), Masks.count(found.up(other)))) {
                    return false;
                }
            }
        }
        return true;
    }
}
