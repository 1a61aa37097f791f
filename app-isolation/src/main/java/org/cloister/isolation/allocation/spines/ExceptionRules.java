package org.cloister.isolation.allocation.spines;

import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.routing.Prefixes;
import org.cloister.isolation.routing.Ways;
import org.onlab.packet.Ip4Address;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rules a plan takes at its leaves beyond one for each member: one for each prefix of a leaf that a member
 * has a way of its own to, one for each single member, and one for each address that ARP needs another way to.
 * Switches have few thousands of entries that match a port and an address.
 */
public final class ExceptionRules {

    /** At one leaf. */
    public static final int MOST = 2_048;

    private final Attachments attachments;
    private final List<Host> hosts;
    private final Map<Integer, Integer> prefixes = new HashMap<>();

    /**
     * Creates the count of a slice's rules.
     *
     * @param hosts by rank
     */
    public ExceptionRules(Attachments attachments, List<Host> hosts) {
        this.attachments = attachments;
        this.hosts = hosts;
    }

    /** Returns whether no leaf has more than it may have. */
    public boolean permit(SpinePlan plan) {
        int[] rules = new int[attachments.leaves().size()];
        for (int rank = 0; rank < attachments.size(); rank++) {
            for (int leaf : plan.leavesByDetour(rank)) {
                rules[attachments.leaf(rank)] += prefixes(leaf);
            }
            rules[attachments.leaf(rank)] += plan.detours(rank).size();
        }
        for (int leaf = 0; leaf < rules.length; leaf++) {
            for (int to = 0; to < rules.length; to++) {
                rules[leaf] += to != leaf && plan.needsArpDetour(leaf, to) ? addresses(to).size() : 0;
            }
            if (rules[leaf] > MOST) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether no leaf has more than it may have in an allocation over the same leaves. */
    public boolean permit(Allocation allocation) {
        Ways ways = Ways.of(allocation);
        List<String> leaves = attachments.leaves();
        for (String leaf : leaves) {
            List<AllocatedMember> members = ways.byLeaf().getOrDefault(leaf, List.of());
            int rules = 0;
            for (AllocatedMember member : members) {
                for (LeafDetour detour : member.leafDetours()) {
                    rules += prefixes(leaves.indexOf(detour.toLeaf()));
                }
                rules += member.detours().size();
            }
            for (int to = 0; to < leaves.size(); to++) {
                rules += leaves.get(to).equals(leaf) ? 0 : arpDetours(ways, members, leaves.get(to)) * addresses(to).size();
            }
            if (rules > MOST) {
                return false;
            }
        }
        return true;
    }

    /** One for all members of a leaf if none of them leads there, else one for each that does not. */
    private static int arpDetours(Ways ways, List<AllocatedMember> members, String to) {
        int led = (int) members.stream().filter(member -> Ways.arpUplink(member)
                .flatMap(port -> ways.by(port, to)).isEmpty()).count();
        return led == members.size() ? Math.min(1, led) : led;
    }

    private int prefixes(int leaf) {
        return prefixes.computeIfAbsent(leaf, first -> {
            List<Ip4Address> outside = new ArrayList<>();
            for (int other = 0; other < attachments.leaves().size(); other++) {
                if (other != leaf) {
                    outside.addAll(addresses(other));
                }
            }
            return Prefixes.cover(addresses(leaf), outside).size();
        });
    }

    private List<Ip4Address> addresses(int leaf) {
        List<Ip4Address> addresses = new ArrayList<>();
        attachments.on(leaf).stream().forEach(rank -> addresses.addAll(hosts.get(rank).ipv4()));
        return addresses;
    }
}
