package org.cloister.isolation.routing;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.ImmutableRoute;
import org.cloister.isolation.api.Route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The routes of an allocation, read off its uplinks and links. */
public final class Routes {

    private Routes() {
    }

    /**
     * Returns the way from each member to each leaf with other members, sorted by rank and leaf: as many as members
     * times leaves at most; then the ways that it has to single members. A way that the allocation's links do not hold is left out.
     */
    public static List<Route> of(Allocation allocation) {
        Map<FabricPort, String> spines = new HashMap<>();
        Map<String, Map<String, FabricPort>> downlinks = new HashMap<>();
        for (ReservedLink link : allocation.links()) {
            spines.put(link.from(), link.to().switchName());
            downlinks.computeIfAbsent(link.from().switchName(), name -> new HashMap<>())
                    .put(link.to().switchName(), link.from());
        }
        SortedMap<String, Integer> membersOn = new TreeMap<>();
        allocation.members().forEach(member -> membersOn.merge(member.leaf(), 1, Integer::sum));
        List<Route> routes = new ArrayList<>();
        for (AllocatedMember member : allocation.members()) {
            Optional<Map<String, FabricPort>> onwards = member.uplink().map(spines::get).map(downlinks::get);
            membersOn.forEach((leaf, members) -> {
                if (!leaf.equals(member.leaf())) {
                    onwards.map(ports -> ports.get(leaf)).ifPresent(downlink -> routes.add(
                            route(member, leaf, Optional.empty(), List.of(member.uplink().get(), downlink))));
                } else if (members > 1) {
                    routes.add(route(member, leaf, Optional.empty(), Collections.emptyList()));
                }
            });
            for (Detour detour : member.detours()) {
                AllocatedMember to = allocation.members().get(detour.toRank());
                Optional.ofNullable(spines.get(detour.uplink())).map(downlinks::get).map(ports -> ports.get(to.leaf()))
                        .ifPresent(downlink -> routes.add(route(member, to.leaf(), Optional.of(to.host()),
                                List.of(detour.uplink(), downlink))));
            }
        }
        return routes;
    }

    private static Route route(AllocatedMember member, String leaf, Optional<String> host, List<FabricPort> hops) {
        return ImmutableRoute.builder().fromRank(member.rank()).fromHost(member.host()).toLeaf(leaf).toHost(host)
                .hops(hops).build();
    }
}
