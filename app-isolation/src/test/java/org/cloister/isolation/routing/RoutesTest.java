package org.cloister.isolation.routing;

import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Route;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class RoutesTest {

    private final TestFabric fabric = TestFabric.of(3, 2).shape(2, 1, 1);
    private final Allocation allocation = new CommonSpineAllocator().allocate(fabric.build(), Ledger.empty(),
            ImmutableRequest.builder().members(fabric.hosts()).addPatterns(ImmutablePattern.builder()
                    .type("all-to-all").addGroups(List.of(0, 1, 2, 3)).build()).build())
            .fold(found -> found, problem -> {
                throw new AssertionError(problem.toString());
            });

    @Test
    void eachMemberHasOneRoutePerLeafSortedByRankAndLeaf() {
        assertThat(Routes.of(allocation)).extracting(RoutesTest::text).containsExactly(
                "0 h-0-0 leaf-000 []",
                "0 h-0-0 leaf-001 [leaf-000/110, spine-001/11]",
                "0 h-0-0 leaf-002 [leaf-000/100, spine-000/21]",
                "1 h-0-1 leaf-000 []",
                "1 h-0-1 leaf-001 [leaf-000/110, spine-001/11]",
                "1 h-0-1 leaf-002 [leaf-000/100, spine-000/21]",
                "2 h-1-0 leaf-000 [leaf-001/100, spine-000/1]",
                "2 h-1-0 leaf-002 [leaf-001/100, spine-000/21]",
                "3 h-2-0 leaf-000 [leaf-002/110, spine-001/1]",
                "3 h-2-0 leaf-001 [leaf-002/110, spine-001/11]");
    }

    @Test
    void aWayThatTheLinksDoNotHoldIsLeftOut() {
        Allocation cut = ImmutableAllocation.copyOf(allocation).withLinks(allocation.links().stream()
                .filter(link -> !link.to().switchName().equals("leaf-002")).collect(Collectors.toList()));
        assertThat(Routes.of(cut)).extracting(Route::toLeaf).doesNotContain("leaf-002").contains("leaf-001");
    }

    private static String text(Route route) {
        return route.fromRank() + " " + route.fromHost() + " " + route.toLeaf() + " " + route.hops();
    }
}
