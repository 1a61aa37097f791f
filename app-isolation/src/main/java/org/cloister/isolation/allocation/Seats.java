package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.Host;
import org.onlab.packet.Ip4Address;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gives the hosts that a reservation is bound to the links that were held for others on the same leaves. */
public final class Seats {

    private Seats() {
    }

    /**
     * Returns a reservation in which hosts stand in for those that it was made for: first each host for itself, then the
     * others, on each leaf, in the order of ranks. What finds no place is left out.
     *
     * @param hosts the hosts, by rank
     */
    public static Allocation of(Allocation reservation, List<Host> hosts) {
        Map<String, AllocatedMember> left = new LinkedHashMap<>();
        reservation.members().forEach(member -> left.put(member.host(), member));
        AllocatedMember[] seats = new AllocatedMember[hosts.size()];
        for (int rank = 0; rank < seats.length; rank++) {
            AllocatedMember own = left.get(hosts.get(rank).name());
            if (own != null && own.port().equals(hosts.get(rank).port())) {
                seats[rank] = left.remove(own.host());
            }
        }
        Map<String, Deque<AllocatedMember>> byLeaf = new HashMap<>();
        left.values().forEach(seat -> byLeaf.computeIfAbsent(seat.leaf(), leaf -> new ArrayDeque<>()).add(seat));
        for (int rank = 0; rank < seats.length; rank++) {
            if (seats[rank] == null) {
                seats[rank] = byLeaf.getOrDefault(hosts.get(rank).port().switchName(), new ArrayDeque<>()).poll();
            }
        }
        return ImmutableAllocation.copyOf(reservation).withMembers(seated(hosts, seats));
    }

    /** Ranks are those of the hosts that have seats; a way to a member that is gone is gone. */
    private static List<AllocatedMember> seated(List<Host> hosts, AllocatedMember[] seats) {
        Map<Integer, Integer> ranks = new HashMap<>();
        for (AllocatedMember seat : seats) {
            if (seat != null) {
                ranks.put(seat.rank(), ranks.size());
            }
        }
        List<AllocatedMember> members = new ArrayList<>();
        for (int rank = 0; rank < seats.length; rank++) {
            AllocatedMember seat = seats[rank];
            if (seat != null) {
                Host host = hosts.get(rank);
                members.add(ImmutableAllocatedMember.copyOf(seat).withRank(members.size()).withHost(host.name())
                        .withNode(host.node()).withNic(host.nic()).withPort(host.port())
                        .withMac(host.mac().toString())
                        .withIpv4(host.ipv4().stream().map(Ip4Address::toString).collect(Collectors.toList()))
                        .withDetours(seat.detours().stream().filter(detour -> ranks.containsKey(detour.toRank()))
                                .map(detour -> Detour.of(ranks.get(detour.toRank()), detour.uplink()))
                                .collect(Collectors.toList())));
            }
        }
        return members;
    }
}
