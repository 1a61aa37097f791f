package org.cloister.isolation.routing;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.ImmutableRoute;
import org.cloister.isolation.api.Route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The routes of an allocation, as its {@link Ways} are. */
public final class Routes {

    private Routes() {
    }

    /**
     * Returns the way from each member to each leaf with other members, sorted by rank and leaf: as many as members
     * times leaves at most; then the ways that it has to single members. A way that the allocation's links do not hold
     * is left out.
     */
    public static List<Route> of(Allocation allocation) {
        Ways ways = Ways.of(allocation);
        List<Route> routes = new ArrayList<>();
        for (AllocatedMember member : allocation.members()) {
            ways.byLeaf().forEach((leaf, members) -> {
                if (!leaf.equals(member.leaf())) {
                    ways.toLeaf(member, leaf).ifPresent(way ->
                            routes.add(route(member, leaf, Optional.empty(), way.hops())));
                } else if (members.size() > 1) {
                    routes.add(route(member, leaf, Optional.empty(), Collections.emptyList()));
                }
            });
            for (Detour detour : member.detours()) {
                AllocatedMember to = allocation.members().get(detour.toRank());
                ways.by(detour.uplink(), to.leaf()).ifPresent(way ->
                        routes.add(route(member, to.leaf(), Optional.of(to.host()), way.hops())));
            }
        }
        return routes;
    }

    private static Route route(AllocatedMember member, String leaf, Optional<String> host, List<FabricPort> hops) {
        return ImmutableRoute.builder().fromRank(member.rank()).fromHost(member.host()).toLeaf(leaf).toHost(host)
                .hops(hops).build();
    }
}
