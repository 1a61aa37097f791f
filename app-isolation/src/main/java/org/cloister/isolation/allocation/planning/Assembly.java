package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.MeterBurst;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.allocation.colouring.RankOrders;
import org.cloister.isolation.allocation.contention.Certificate;
import org.cloister.isolation.allocation.contention.LinkBound;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.contention.SpineBound;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.onlab.packet.Ip4Address;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Puts an allocation together from what was found, certifies it, and says how good it is. */
public final class Assembly {

    private final Fabric fabric;
    private final Request request;
    private final Demand demand;
    private final MinimumLinks minimum;

    /**
     * Gets ready to put allocations of a request together.
     *
     * @param demand what the request's patterns send
     * @param minimum the links that the demand cannot do without
     */
    public Assembly(Fabric fabric, Request request, Demand demand, MinimumLinks minimum) {
        this.fabric = fabric;
        this.request = request;
        this.demand = demand;
        this.minimum = minimum;
    }

    /**
     * Returns the allocation.
     *
     * @param plan the spines; empty on one leaf
     */
    public Allocation allocation(int tag, Optional<SpinePlan> plan) {
        ImmutableAllocation.Builder builder = Allocation.builder().tag(tag)
                .guarantee(Guarantee.ISOLATED).maxFlowsPerLink(0).optimal(false)
                .reach(plan.map(SpinePlan::reach).orElse(Reach.ALL));
        for (int rank = 0; rank < request.members().size(); rank++) {
            builder.addMembers(member(rank, plan));
        }
        SortedSet<Link> links = plan.map(SpinePlan::links).orElse(Collections.emptySortedSet());
        for (Link link : links) {
            builder.addLinks(ReservedLink.of(link.from(), link.to(), fabric.linkBitsPerSecond()));
        }
        ImmutableAllocation uncertified = builder.build();
        return request.limitBitsPerSecond().isPresent() ? shared(uncertified, plan) : exclusive(uncertified, plan);
    }

    /** The rate is what is promised; the certificate says how many of the slice's own flows may share it. */
    private Allocation shared(ImmutableAllocation unreserved, Optional<SpinePlan> plan) {
        ImmutableAllocation rated = unreserved.withGuarantee(Guarantee.RATE);
        SortedMap<Link, Long> held = Reservations.worstCase(rated);
        return rated.withLinks(rated.links().stream().map(link -> ReservedLink.of(link.from(), link.to(),
                        held.getOrDefault(Link.of(link.from(), link.to()), 0L))).collect(Collectors.toList()))
                .withMaxFlowsPerLink(Certificate.of(request.patterns(), rated).maxFlowsPerLink())
                .withOptimal(plan.map(SpinePlan::spines).orElse(0) <= 1);
    }

    private Allocation exclusive(ImmutableAllocation uncertified, Optional<SpinePlan> plan) {
        Certificate certificate = Certificate.of(request.patterns(), uncertified);
        // where any pairs may send, nothing more than isolation could have been promised
        boolean fallsShort = certificate.guarantee() == Guarantee.ISOLATED && !demand.isUnordered();
        return uncertified.withGuarantee(certificate.guarantee())
                .withMaxFlowsPerLink(certificate.maxFlowsPerLink())
                .withOptimal(!fallsShort && isFewest(plan))
                .withSuggestedRanks(plan.flatMap(spines -> betterOrder(spines, fallsShort)));
    }

    /** The bounds are proven: an answer that meets them cannot be undercut. */
    private boolean isFewest(Optional<SpinePlan> plan) {
        LinkBound bound = new LinkBound(minimum, demand.attachments().leaves().size(),
                plan.map(SpinePlan::reach).orElse(Reach.ALL));
        return plan.map(SpinePlan::links).map(Collection::size).orElse(0) == bound.links()
                && plan.map(SpinePlan::spines).orElse(0)
                == (bound.links() == 0 ? 0 : SpineBound.of(fabric, minimum, demand.attachments().leaves()));
    }

    private Optional<List<Integer>> betterOrder(SpinePlan plan, boolean fallsShort) {
        int all = (int) fabric.switches().values().stream()
                .filter(device -> device.role() == SwitchRole.SPINE).count();
        boolean moreThanNeeded = plan.isHopByHop() || !fallsShort && plan.spines() > Math.max(1, minimum.largest());
        return RankOrders.better(request, fallsShort ? OptionalInt.empty() : OptionalInt.of(plan.spines()),
                moreThanNeeded, all);
    }

    private static List<LeafDetour> leafDetours(SpinePlan plan, int rank) {
        return plan.leafDetours(rank).entrySet().stream()
                .map(each -> LeafDetour.of(each.getKey(), each.getValue().from())).collect(Collectors.toList());
    }

    private static List<Detour> detours(SpinePlan plan, int rank) {
        return plan.detours(rank).entrySet().stream()
                .map(each -> Detour.of(each.getKey(), each.getValue().from())).collect(Collectors.toList());
    }

    private AllocatedMember member(int rank, Optional<SpinePlan> plan) {
        Host host = request.members().get(rank);
        return AllocatedMember.builder().rank(rank).host(host.name()).node(host.node()).nic(host.nic())
                .ipv4(host.ipv4().stream().map(Ip4Address::toString).collect(Collectors.toList()))
                .mac(host.mac().toString())
                .leaf(host.port().switchName()).port(host.port())
                .uplink(plan.flatMap(spines -> spines.uplink(rank)).map(Link::from))
                .arpUplink(plan.flatMap(spines -> spines.arpUplink(rank)).map(Link::from))
                .leafDetours(plan.map(spines -> leafDetours(spines, rank)).orElse(Collections.emptyList()))
                .detours(plan.map(spines -> detours(spines, rank)).orElse(Collections.emptyList()))
                .role(Optional.ofNullable(request.roles().get(rank)))
                .limitBitsPerSecond(request.limitBitsPerSecond())
                .burstBits(request.limitBitsPerSecond().isPresent()
                        ? OptionalLong.of(MeterBurst.bits(request.limitBitsPerSecond().getAsLong()))
                        : OptionalLong.empty())
                .build();
    }
}
