package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;

import java.util.Optional;

/** Whether an allocation gives a pair a way, read off what {@link Allocation} says and off no code. */
public final class Expected {

    private Expected() {
    }

    /** Returns whether what a member sends to another arrives. */
    public static boolean leads(Allocation slice, AllocatedMember from, AllocatedMember to, boolean arp) {
        if (from.leaf().equals(to.leaf())) {
            return true;
        }
        if (arp) {
            return from.arpUplink().or(from::uplink).filter(port -> leads(slice, port, to.leaf())).isPresent()
                    || slice.members().stream().filter(member -> member.leaf().equals(from.leaf()))
                            .anyMatch(member -> toLeaf(member, to.leaf())
                                    .filter(port -> leads(slice, port, to.leaf())).isPresent());
        }
        return from.detours().stream().filter(detour -> detour.toRank() == to.rank()).map(Detour::uplink)
                .findFirst().or(() -> toLeaf(from, to.leaf()))
                .filter(port -> leads(slice, port, to.leaf())).isPresent();
    }

    private static Optional<FabricPort> toLeaf(AllocatedMember from, String leaf) {
        return from.leafDetours().stream().filter(detour -> detour.toLeaf().equals(leaf)).map(LeafDetour::uplink)
                .findFirst().or(from::uplink);
    }

    private static boolean leads(Allocation slice, FabricPort port, String leaf) {
        return slice.links().stream().filter(up -> up.from().equals(port)).map(ReservedLink::to)
                .anyMatch(spine -> slice.links().stream().anyMatch(down ->
                        down.from().switchName().equals(spine.switchName()) && down.to().switchName().equals(leaf)));
    }
}
