package org.cloister.isolation.allocation.rerouting;

import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.allocation.spines.SpineLinks;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which spine each member of a slice sends to now, so that it can stay with it. */
public final class PreviousSpines {

    private PreviousSpines() {
    }

    /**
     * Returns, by rank, the number of the spine that the member sends to now; {@link Colouring#NONE} for one that is
     * new, was attached elsewhere, sent to no other leaf, or sent to a spine that is gone.
     */
    public static int[] of(Request request, SpineLinks links) {
        int[] spineOf = new int[request.members().size()];
        Map<String, String> byHost = request.previous().isEmpty() ? Map.of() : byHost(request.previous().get(0));
        for (int rank = 0; rank < spineOf.length; rank++) {
            Host host = request.members().get(rank);
            spineOf[rank] = links.spines().indexOf(byHost.getOrDefault(host.name() + "@" + host.port(), ""));
        }
        return spineOf;
    }

    /** Returns all links that the slice has. */
    public static Set<Link> links(Request request) {
        Set<Link> links = new TreeSet<>();
        for (Allocation allocation : request.previous()) {
            allocation.links().forEach(link -> links.add(Link.of(link.from(), link.to())));
        }
        return links;
    }

    private static Map<String, String> byHost(Allocation allocation) {
        Map<FabricPort, String> spines = new HashMap<>();
        for (ReservedLink link : allocation.links()) {
            spines.put(link.from(), link.to().switchName());
        }
        Map<String, String> byHost = new HashMap<>();
        List<AllocatedMember> members = allocation.members();
        members.forEach(member -> member.uplink().map(spines::get).ifPresent(spine ->
                byHost.put(member.host() + "@" + member.port(), spine)));
        return byHost;
    }
}
