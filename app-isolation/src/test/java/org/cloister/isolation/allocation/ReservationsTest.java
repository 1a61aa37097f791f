package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Fabric;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.after;
import static org.cloister.isolation.allocation.Plans.allocated;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.request;
import static org.cloister.isolation.allocation.Plans.shared;

/** What a slice holds while it has several allocations. */
class ReservationsTest {

    private static final long RATE = 1_000_000;

    private final TestFabric hosts = TestFabric.of(2, 2).hostsPerLeaf(2);

    @Test
    void oneAllocationHoldsWhatItsLinksSay() {
        Allocation allocation = allocated(hosts.build(), shared(request(hosts.hosts(), pattern("any")), RATE));
        assertThat(Reservations.of(List.of(allocation))).isEqualTo(Reservations.worstCase(allocation)).hasSize(4)
                .containsEntry(TestFabric.up(0, 0), 2 * RATE);
        assertThat(Reservations.exclusive(List.of(allocation))).isEmpty();
    }

    @Test
    void aMemberCountsOnceHoweverManyAllocationsItSendsBy() {
        Request request = shared(request(hosts.hosts(), pattern("any")), RATE);
        Allocation now = allocated(hosts.build(), request);
        Allocation next = allocated(hosts.build(), after(request, now));
        assertThat(Reservations.of(List.of(now, next))).isEqualTo(Reservations.of(List.of(now)));
    }

    @Test
    void theHigherRateCounts() {
        Request request = request(hosts.hosts(), pattern("any"));
        Allocation slow = allocated(hosts.build(), shared(request, RATE));
        Allocation fast = allocated(hosts.build(), shared(request, 3 * RATE));
        assertThat(Reservations.of(List.of(slow, fast))).containsEntry(TestFabric.up(0, 0), 6 * RATE);
        assertThat(Reservations.of(List.of(fast, slow))).containsEntry(TestFabric.up(0, 0), 6 * RATE);
    }

    @Test
    void everybodyThatCanSendOverALinkByEitherAllocationCounts() {
        // two members, one of which is replaced by its neighbour on the leaf
        Allocation now = allocated(hosts.build(),
                shared(request(List.of(hosts.hosts().get(0), hosts.hosts().get(2)), pattern("any")), RATE));
        Allocation next = allocated(hosts.build(),
                shared(request(List.of(hosts.hosts().get(1), hosts.hosts().get(2)), pattern("any")), RATE));
        assertThat(Reservations.of(List.of(now, next)))
                .containsEntry(TestFabric.up(0, 0), 2 * RATE).containsEntry(TestFabric.up(1, 0), RATE);
    }

    @Test
    void aLinkThatTwoExclusiveAllocationsHaveIsHeldOnce() {
        Fabric fabric = hosts.build();
        Request request = request(hosts.hosts(), pattern("ring"));
        Allocation now = allocated(fabric, request);
        assertThat(Reservations.of(List.of(now, now)))
                .isEqualTo(Reservations.of(List.of(now))).containsEntry(TestFabric.up(0, 0), fabric.linkBitsPerSecond());
        Allocation rated = allocated(fabric, shared(request, RATE));
        assertThat(Reservations.of(List.of(now, rated)))
                .containsEntry(TestFabric.up(0, 0), fabric.linkBitsPerSecond());
        assertThat(Reservations.exclusive(List.of(now, rated))).contains(TestFabric.up(0, 0));
    }
}
