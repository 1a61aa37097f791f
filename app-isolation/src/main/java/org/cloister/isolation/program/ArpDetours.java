package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.FabricPort;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The members of a leaf whose ARP to another leaf goes by another port than the rest of it. ARP addresses cannot be
 * masked, so each such leaf costs a rule for each of its addresses; one for all members here wherever that can be.
 */
final class ArpDetours {

    private final String toLeaf;
    private final FabricPort uplink;
    private final List<AllocatedMember> members;
    private final boolean ofAllMembers;

    private ArpDetours(String toLeaf, FabricPort uplink, List<AllocatedMember> members, boolean ofAllMembers) {
        this.toLeaf = toLeaf;
        this.uplink = uplink;
        this.members = members;
        this.ofAllMembers = ofAllMembers;
    }

    /** Returns the detours from a leaf, by name of the other leaf. */
    static List<ArpDetours> of(String leaf, List<AllocatedMember> members, Slicing slice) {
        List<ArpDetours> detours = new ArrayList<>();
        for (String other : slice.byLeaf().keySet()) {
            if (!other.equals(leaf)) {
                List<AllocatedMember> led = members.stream()
                        .filter(member -> !slice.arpUplinkLeadsTo(member, other)).collect(Collectors.toList());
                slice.arpDetour(leaf, other).filter(port -> !led.isEmpty()).ifPresent(port ->
                        detours.add(new ArpDetours(other, port, led, led.size() == members.size())));
            }
        }
        return detours;
    }

    /** Returns the leaf that it leads to. */
    String toLeaf() {
        return toLeaf;
    }

    /** Returns the port that it begins with. */
    FabricPort uplink() {
        return uplink;
    }

    /** Returns the members that take it. */
    List<AllocatedMember> members() {
        return members;
    }

    /** Returns whether all members of the leaf take it. */
    boolean ofAllMembers() {
        return ofAllMembers;
    }
}
