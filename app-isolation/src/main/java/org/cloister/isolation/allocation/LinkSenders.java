package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which members' packets can cross which link, whatever their patterns say: IPv4 by their uplinks, ARP by its own. */
final class LinkSenders {

    private LinkSenders() {
    }

    /** Returns the members that can send over each link of an allocation; links that nobody can are left out. */
    static SortedMap<Link, List<AllocatedMember>> of(Allocation allocation) {
        Map<FabricPort, Link> byPort = new HashMap<>();
        Map<String, List<Link>> bySwitch = new HashMap<>();
        for (ReservedLink reserved : allocation.links()) {
            Link link = Link.of(reserved.from(), reserved.to());
            byPort.put(link.from(), link);
            bySwitch.computeIfAbsent(link.from().switchName(), name -> new ArrayList<>()).add(link);
        }
        SortedMap<Link, List<AllocatedMember>> senders = new TreeMap<>();
        for (AllocatedMember member : allocation.members()) {
            for (Link link : ways(member, byPort, bySwitch)) {
                senders.computeIfAbsent(link, first -> new ArrayList<>()).add(member);
            }
        }
        return senders;
    }

    private static Set<Link> ways(AllocatedMember member, Map<FabricPort, Link> byPort,
                                  Map<String, List<Link>> bySwitch) {
        Set<Link> ups = Stream.concat(Stream.of(member.uplink(), member.arpUplink()).flatMap(port -> port.stream()),
                        member.detours().stream().map(Detour::uplink))
                .filter(byPort::containsKey).map(byPort::get).collect(Collectors.toCollection(TreeSet::new));
        Set<Link> ways = new TreeSet<>(ups);
        for (Link up : ups) {
            bySwitch.getOrDefault(up.to().switchName(), Collections.emptyList()).stream()
                    .filter(down -> !down.to().switchName().equals(member.leaf())).forEach(ways::add);
        }
        return ways;
    }
}
