package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.routing.Ways;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which members' packets can cross which link, whatever their patterns say: IPv4 by their uplinks, ARP by its own. */
final class LinkSenders {

    private LinkSenders() {
    }

    /** Returns the members that can send over each link of an allocation; links that nobody can are left out. */
    static SortedMap<Link, List<AllocatedMember>> of(Allocation allocation) {
        Ways ways = Ways.of(allocation);
        SortedMap<Link, List<AllocatedMember>> senders = new TreeMap<>();
        for (AllocatedMember member : allocation.members()) {
            ways.crossedBy(member).forEach(link ->
                    senders.computeIfAbsent(link, first -> new ArrayList<>()).add(member));
        }
        return senders;
    }
}
