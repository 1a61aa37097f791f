package org.cloister.isolation.allocation;

import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests and answers for tests, in few words. */
public final class Plans {

    private Plans() {
    }

    /** Returns the pattern of one group of all ranks. */
    public static ImmutablePattern pattern(String type) {
        return ImmutablePattern.builder().type(type).build();
    }

    /** Returns the pattern of one group per NIC index. */
    public static ImmutablePattern perRail(String type) {
        return pattern(type).withPerRail(true);
    }

    /** Returns the request of hosts in rank order; patterns without groups get all ranks. */
    public static Request request(List<Host> members, Pattern... patterns) {
        List<Integer> all = IntStream.range(0, members.size()).boxed().collect(Collectors.toList());
        return ImmutableRequest.builder().members(members)
                .addAllPatterns(Arrays.stream(patterns).map(pattern -> pattern.groups().isEmpty()
                        ? ImmutablePattern.copyOf(pattern).withGroups(Collections.singleton(all)) : pattern)
                        .collect(Collectors.toList()))
                .build();
    }

    /** Returns the demand of a request. */
    public static Demand demand(Request request) {
        return Demand.of(request.patterns(), Attachments.of(request));
    }

    /** Returns the same request for a rate per member on shared links. */
    public static Request shared(Request request, long bitsPerSecond) {
        return ImmutableRequest.copyOf(request).withLimitBitsPerSecond(OptionalLong.of(bitsPerSecond));
    }

    /** Returns the same request by a slice that has allocations, the one that carries traffic first. */
    public static Request after(Request request, Allocation... previous) {
        return ImmutableRequest.copyOf(request).withPrevious(previous);
    }

    /** Returns what slices hold, each of which has one allocation. */
    public static Ledger ledger(Allocation... allocations) {
        ImmutableLedger.Builder ledger = ImmutableLedger.builder();
        Map<Link, Long> reserved = new TreeMap<>();
        for (Allocation allocation : allocations) {
            ledger.addTags(allocation.tag()).addAllExclusive(Reservations.exclusive(List.of(allocation)));
            allocation.members().forEach(member ->
                    ledger.putHosts(member.host(), SliceId.of("slice-" + allocation.tag())));
            Reservations.of(List.of(allocation)).forEach((link, rate) -> reserved.merge(link, rate, Long::sum));
        }
        return ledger.putAllReserved(reserved).build();
    }

    /** Returns the spines that members send to, by rank. */
    public static List<String> spinesByRank(Allocation allocation) {
        Map<FabricPort, String> spines = new HashMap<>();
        allocation.links().forEach(link -> spines.put(link.from(), link.to().switchName()));
        return allocation.members().stream().map(member -> spines.get(member.uplink().orElseThrow()))
                .collect(Collectors.toList());
    }

    /** Returns hosts in some other order. */
    public static List<Host> shuffled(List<Host> hosts, long seed) {
        List<Host> shuffled = new ArrayList<>(hosts);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    /** Two pods of 16 nodes with eight NICs, each on a leaf of its own; nodes one after the other. */
    public static TestFabric twoPodsOfEightRails() {
        TestFabric fabric = TestFabric.of(16, 16);
        for (int node = 0; node < 32; node++) {
            for (int rail = 0; rail < 8; rail++) {
                fabric.host(String.format("gpu-%03d-%d", node, rail), String.format("gpu-%03d", node), rail,
                        8 * (node / 16) + rail);
            }
        }
        return fabric;
    }

    /** Returns what is allocated where nobody else is; fails on a refusal. */
    public static Allocation allocated(Fabric fabric, Request request) {
        return allocated(fabric, Ledger.empty(), request);
    }

    /** Returns what is allocated; fails on a refusal. */
    public static Allocation allocated(Fabric fabric, Ledger ledger, Request request) {
        return new CommonSpineAllocator().allocate(fabric, ledger, request).fold(allocation -> allocation, problem -> {
            throw new AssertionError("refused: " + problem);
        });
    }

    /** Returns the refusal; fails on an allocation. */
    public static Problem refused(Fabric fabric, Ledger ledger, Request request) {
        return new CommonSpineAllocator().allocate(fabric, ledger, request).fold(allocation -> {
            throw new AssertionError("allocated: " + allocation);
        }, problem -> problem);
    }

    /** Returns the number of spines that an allocation has links to. */
    public static long spines(Allocation allocation) {
        return allocation.links().stream().map(link -> link.from().switchName())
                .filter(name -> name.startsWith("spine")).distinct().count();
    }

    /** Returns an allocation of a request's members without any link. */
    public static Allocation unrouted(Request request) {
        ImmutableAllocation.Builder allocation = Allocation.builder().tag(100).guarantee(Guarantee.ISOLATED)
                .maxFlowsPerLink(0).optimal(false);
        for (int rank = 0; rank < request.members().size(); rank++) {
            Host host = request.members().get(rank);
            allocation.addMembers(AllocatedMember.builder().rank(rank).host(host.name()).node(host.node())
                    .nic(host.nic()).mac(host.mac().toString()).leaf(host.port().switchName()).port(host.port())
                    .role(Optional.ofNullable(request.roles().get(rank))).build());
        }
        return allocation.build();
    }
}
