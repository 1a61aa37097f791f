package org.cloister.isolation.fabric;

import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.api.FabricPort;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FabricIndexTest {

    @Test
    void everyLinkHasANumberOfItsOwn() {
        Fabric fabric = TestFabric.withParallelLinks(3, 2, 2).broken(TestFabric.up(1, 0)).hostsPerLeaf(1).build();
        FabricIndex index = fabric.index();
        List<Integer> numbers = new ArrayList<>();
        for (int leaf = 0; leaf < index.leaves(); leaf++) {
            for (int spine = 0; spine < index.spines(); spine++) {
                for (int parallel = 0; parallel < index.up(leaf, spine).size(); parallel++) {
                    int number = index.number(index.up(leaf, spine).get(parallel));
                    assertThat(number).isEqualTo(index.firstUp(leaf, spine) + parallel);
                    numbers.add(number);
                }
                for (int parallel = 0; parallel < index.down(leaf, spine).size(); parallel++) {
                    int number = index.number(index.down(leaf, spine).get(parallel));
                    assertThat(number).isEqualTo(index.firstDown(leaf, spine) + parallel);
                    numbers.add(number);
                }
            }
        }
        assertThat(numbers).hasSize(23).hasSize(index.links()).doesNotHaveDuplicates().isSorted();
        assertThat(index.links(0) + index.links(1)).isEqualTo(23);
    }

    @Test
    void whatIsNotThereHasNone() {
        FabricIndex index = TestFabric.of(2, 2).broken(TestFabric.up(1, 0)).hostsPerLeaf(1).build().index();
        assertThat(index.number(TestFabric.up(1, 0))).isEqualTo(-1);
        assertThat(index.number(TestFabric.up(5, 0))).isEqualTo(-1);
        assertThat(index.number(Link.of(FabricPort.of("leaf-000", 100), FabricPort.of("leaf-001", 100)))).isEqualTo(-1);
        assertThat(index.leafOfHost("h-1-0")).isEqualTo(1);
        assertThat(index.leafOfHost("h-2-0")).isEqualTo(-1);
    }
}
