package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Member.Role;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.allocated;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.request;
import static org.cloister.isolation.allocation.Plans.spines;
import static org.cloister.isolation.allocation.Plans.spinesByRank;

class ParameterServerTest {

    @Test
    void oneServerIsTheBottleneckWhereverItsWorkersAre() {
        Allocation allocation = allocate(TestFabric.of(3, 8).shape(3, 4, 4), 0);
        assertThat(spines(allocation)).isEqualTo(1);
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(allocation.maxFlowsPerLink()).isEqualTo(1);
        assertThat(allocation.members()).allSatisfy(member -> assertThat(member.detours()).isEmpty());
        assertThat(allocation.members().get(0).role()).contains(Role.PARAMETER_SERVER);
    }

    @Test
    void pairsOfFewServersAndManyWorkersGoByTheServersSpines() {
        Allocation allocation = allocate(TestFabric.of(2, 8).shape(2, 6), 0, 1);
        assertThat(spines(allocation)).isEqualTo(2);
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(allocation.optimal()).isTrue();
        // by its own uplink to one server, by a rule to the other
        assertThat(allocation.members().subList(2, 8)).allSatisfy(worker -> assertThat(worker.detours()).hasSize(1));
        assertThat(allocation.members().subList(0, 2)).allSatisfy(server -> assertThat(server.detours()).isEmpty());
    }

    @Test
    void pairsOfFewWorkersAndManyServersGoByTheWorkersSpines() {
        Allocation allocation = allocate(TestFabric.of(2, 8).shape(5, 2), 0, 1, 2, 3, 4);
        assertThat(spines(allocation)).isEqualTo(2);
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(allocation.members().subList(0, 5)).allSatisfy(server -> assertThat(server.detours()).hasSize(1));
    }

    @Test
    void workersOfOneServerEachNeedNoRulesOfTheirOwn() {
        TestFabric fabric = TestFabric.of(2, 8).shape(2, 4);
        Request request = roles(request(fabric.hosts(),
                pattern("parameter-server").withGroups(List.of(List.of(0, 2, 3), List.of(1, 4, 5)))), 0, 1);
        Allocation allocation = allocated(fabric.build(), request);
        assertThat(spines(allocation)).isEqualTo(2);
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(allocation.members()).allSatisfy(member -> assertThat(member.detours()).isEmpty());
        assertThat(spinesByRank(allocation).subList(2, 4)).containsOnly(spinesByRank(allocation).get(0));
    }

    @Test
    void withFewerSpinesThanServersTheyShareThem() {
        Allocation allocation = allocate(TestFabric.of(2, 2).shape(4, 8), 0, 1, 2, 3);
        assertThat(spines(allocation)).isEqualTo(2);
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ISOLATED);
    }

    @Test
    void detoursLeaveByUplinksOfTheSendersLeafToReceiversElsewhere() {
        Allocation allocation = allocate(TestFabric.of(3, 8).shape(3, 3, 3), 0, 3, 6);
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        for (AllocatedMember member : allocation.members()) {
            for (Detour detour : member.detours()) {
                assertThat(detour.uplink().switchName()).isEqualTo(member.leaf());
                assertThat(allocation.members().get(detour.toRank()).leaf()).isNotEqualTo(member.leaf());
                assertThat(allocation.links()).anyMatch(link -> link.from().equals(detour.uplink()));
            }
        }
    }

    private static Allocation allocate(TestFabric fabric, int... servers) {
        return allocated(fabric.build(), roles(request(fabric.hosts(), pattern("parameter-server")), servers));
    }

    private static Request roles(Request request, int... servers) {
        ImmutableRequest.Builder roles = ImmutableRequest.builder().from(request);
        for (int rank = 0; rank < request.members().size(); rank++) {
            int known = rank;
            roles.putRoles(rank, Arrays.stream(servers).anyMatch(server -> server == known)
                    ? Role.PARAMETER_SERVER : Role.WORKER);
        }
        return roles.build();
    }
}
