package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        Map<String, AllocatedMember> seats = new LinkedHashMap<>();
        reservation.members().forEach(member -> seats.put(member.host(), member));
        List<AllocatedMember> taken = new ArrayList<>();
        List<Host> others = new ArrayList<>();
        for (Host host : hosts) {
            AllocatedMember own = seats.get(host.name());
            if (own != null && own.port().equals(host.port())) {
                taken.add(seats.remove(host.name()));
            } else {
                others.add(host);
            }
        }
        Map<String, Deque<AllocatedMember>> left = new HashMap<>();
        seats.values().forEach(seat -> left.computeIfAbsent(seat.leaf(), leaf -> new ArrayDeque<>()).add(seat));
        for (Host host : others) {
            Deque<AllocatedMember> here = left.getOrDefault(host.port().switchName(), new ArrayDeque<>());
            if (!here.isEmpty()) {
                taken.add(ImmutableAllocatedMember.copyOf(here.poll()).withHost(host.name()).withPort(host.port()));
            }
        }
        return ImmutableAllocation.copyOf(reservation).withMembers(taken);
    }
}
