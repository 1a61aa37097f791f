package org.cloister.isolation.allocation.occupancy;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.FabricIndex;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OccupancyTest {

    @Test
    void whatIsTakenIsGoneAndComesBack() {
        Occupancy occupancy = Occupancy.empty(6, 8, 70);
        String before = text(occupancy);
        SplittableRandom random = new SplittableRandom(1);
        Deque<Footprint> held = new ArrayDeque<>();
        for (int step = 0; step < 2_000; step++) {
            Optional<Footprint> found = random.nextInt(3) == 0 ? Optional.empty()
                    : new CloisterPlacer().place(occupancy, 1 + random.nextInt(20), LinkNeed.hose()).footprint();
            if (found.isPresent()) {
                occupancy.take(found.get());
                held.add(found.get());
                assertThatThrownBy(() -> occupancy.copy().take(withHosts(found.get(), occupancy)))
                        .isInstanceOf(IllegalArgumentException.class);
            } else if (!held.isEmpty()) {
                occupancy.release(held.remove());
            }
            int hosts = held.stream().mapToInt(Footprint::hosts).sum();
            assertThat(occupancy.freeHosts()).isEqualTo(48 - hosts);
            int links = held.stream().mapToInt(Footprint::links).sum();
            assertThat(freeLinks(occupancy)).isEqualTo(2 * 6 * 70 - links);
        }
        held.forEach(occupancy::release);
        assertThat(text(occupancy)).isEqualTo(before);
    }

    /** One host more than are free, so that taking it must fail and change nothing. */
    private static Footprint withHosts(Footprint footprint, Occupancy occupancy) {
        int leaf = footprint.leaf(0);
        long[][] none = new long[1][occupancy.words()];
        return new Footprint(new int[] {leaf}, new int[] {occupancy.freeHosts(leaf) + 1}, none, none);
    }

    @Test
    void takesAllOrNothing() {
        Occupancy occupancy = Occupancy.empty(2, 2, 2);
        long[][] first = {{1}, {1}};
        long[][] both = {{2}, {3}};
        int[] leaves = {0, 1};
        int[] hosts = {1, 1};
        occupancy.take(new Footprint(leaves, hosts, first, first));
        String before = text(occupancy);
        assertThatThrownBy(() -> occupancy.take(new Footprint(leaves, hosts, both, both)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not free: 0: 1 hosts");
        assertThat(text(occupancy)).isEqualTo(before);
        assertThatThrownBy(() -> occupancy.release(new Footprint(leaves, hosts, both, both)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not taken");
        assertThat(text(occupancy)).isEqualTo(before);
    }

    @Test
    void aCopyChangesByItself() {
        Occupancy occupancy = Occupancy.empty(2, 2, 2);
        Occupancy copy = occupancy.copy();
        long[][] all = {{3}, {3}};
        copy.take(new Footprint(new int[] {0, 1}, new int[] {2, 2}, all, all));
        assertThat(text(occupancy)).isEqualTo(text(Occupancy.empty(2, 2, 2)));
        assertThat(copy.freeHosts()).isZero();
    }

    @Test
    void ofAFabricWhatNobodyHoldsAnyPartOf() {
        Fabric fabric = TestFabric.of(2, 3).hostsPerLeaf(2).build();
        FabricIndex index = fabric.index();
        Ledger ledger = ImmutableLedger.builder().putHosts("h-1-0", SliceId.of("some"))
                .putReserved(index.up(0, 1).get(0), 1L).addExclusive(index.down(1, 2).get(0)).build();
        Occupancy occupancy = Occupancy.of(fabric, ledger);
        assertThat(text(occupancy)).isEqualTo("2 {0, 2} {0, 1, 2}\n1 {0, 1, 2} {0, 1}\n");
    }

    @Test
    void parallelLinksCountAsSoManySpines() {
        Fabric fabric = TestFabric.withParallelLinks(2, 2, 2).hostsPerLeaf(4).build();
        FabricIndex index = fabric.index();
        Ledger ledger = ImmutableLedger.builder().putReserved(index.up(0, 0).get(0), 1L).build();
        Occupancy occupancy = Occupancy.of(fabric, ledger);
        assertThat(text(occupancy)).isEqualTo("4 {0, 2, 3} {0, 1, 2, 3}\n4 {0, 1, 2, 3} {0, 1, 2, 3}\n");
        assertThat(new int[] {occupancy.spine(0), occupancy.spine(1), occupancy.spine(2), occupancy.spine(3)})
                .containsExactly(0, 0, 1, 1);
        assertThat(new CloisterPlacer().place(occupancy, 7, LinkNeed.hose()).footprint()).isPresent();
        assertThat(new CloisterPlacer().place(occupancy, 8, LinkNeed.hose()).footprint()).as("one is missing")
                .isEmpty();
    }

    private static int freeLinks(Occupancy occupancy) {
        int links = 0;
        for (int leaf = 0; leaf < occupancy.leaves(); leaf++) {
            links += Masks.count(occupancy.up(leaf)) + Masks.count(occupancy.down(leaf));
        }
        return links;
    }

    private static String text(Occupancy occupancy) {
        StringBuilder text = new StringBuilder();
        for (int leaf = 0; leaf < occupancy.leaves(); leaf++) {
            text.append(occupancy.freeHosts(leaf)).append(' ').append(Masks.text(occupancy.up(leaf))).append(' ')
                    .append(Masks.text(occupancy.down(leaf))).append('\n');
        }
        return text.toString();
    }
}
