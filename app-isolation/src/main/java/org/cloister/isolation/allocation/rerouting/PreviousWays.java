package org.cloister.isolation.allocation.rerouting;

import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.contention.Certificate;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.routing.Way;
import org.cloister.isolation.routing.Ways;
import org.onlab.packet.Ip4Address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways that the members of a slice have now, to other leaves and to single members, so that they can be kept. */
final class PreviousWays {

    private PreviousWays() {
    }

    /**
     * Returns the ways by rank; empty if the request is for other members than the slice has, or asks for something else
     * of them, or if two leaves are joined directly.
     */
    static Optional<List<PreviousWay>> of(Request request) {
        if (request.previous().isEmpty() || !sameMembers(request, request.previous().get(0))) {
            return Optional.empty();
        }
        Allocation allocation = request.previous().get(0);
        Ways ways = Ways.of(allocation);
        List<PreviousWay> all = new ArrayList<>();
        for (AllocatedMember member : allocation.members()) {
            for (String leaf : ways.byLeaf().keySet()) {
                if (!leaf.equals(member.leaf())) {
                    ways.toLeaf(member, leaf).ifPresent(way -> all.add(new PreviousWay(member, leaf, null, way)));
                }
            }
            for (Detour detour : member.detours()) {
                String leaf = allocation.members().get(detour.toRank()).leaf();
                ways.by(detour.uplink(), leaf).ifPresent(way -> all.add(new PreviousWay(member, leaf, detour, way)));
            }
        }
        return all.stream().allMatch(each -> each.way.down().isPresent()) ? Optional.of(all) : Optional.empty();
    }

    private static boolean sameMembers(Request request, Allocation allocation) {
        if (request.members().size() != allocation.members().size()) {
            return false;
        }
        for (AllocatedMember member : allocation.members()) {
            Host host = request.members().get(member.rank());
            if (!member.host().equals(host.name()) || !member.port().equals(host.port())
                    || !member.node().equals(host.node()) || member.nic() != host.nic()
                    || !member.mac().equals(host.mac().toString())
                    || !member.ipv4().equals(host.ipv4().stream().map(Ip4Address::toString).collect(Collectors.toList()))
                    || !member.role().equals(Optional.ofNullable(request.roles().get(member.rank())))
                    || !member.limitBitsPerSecond().equals(request.limitBitsPerSecond())) {
                return false;
            }
        }
        return true;
    }

    /** Whether an allocation was made for the patterns that are asked for: what is certified of it is the same. */
    static boolean samePatterns(Request request) {
        Allocation allocation = request.previous().get(0);
        try {
            Certificate certificate = Certificate.of(request.patterns(), allocation);
            return certificate.maxFlowsPerLink() == allocation.maxFlowsPerLink()
                    && (request.limitBitsPerSecond().isPresent() || certificate.guarantee() == allocation.guarantee());
        } catch (IllegalArgumentException e) {
            return false; // some pair of them has no way yet
        }
    }

    /** The way from a member to a leaf, or to a single member of it. */
    static final class PreviousWay {

        private final AllocatedMember from;
        private final String leaf;
        private final Detour detour;
        private final Way way;

        private PreviousWay(AllocatedMember from, String leaf, Detour detour, Way way) {
            this.from = from;
            this.leaf = leaf;
            this.detour = detour;
            this.way = way;
        }

        AllocatedMember from() {
            return from;
        }

        /** Returns the leaf that it leads to. */
        String leaf() {
            return leaf;
        }

        /** Returns the detour that it is; empty for the way to a leaf. */
        Optional<Detour> detour() {
            return Optional.ofNullable(detour);
        }

        String spine() {
            return way.up().to().switchName();
        }

        Link up() {
            return way.up();
        }

        Link down() {
            return way.down().orElseThrow();
        }
    }
}
