package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.routing.Ways;
import org.onlab.packet.EthType.EtherType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;

import java.util.List;

/**
 * Tables 1 and 2 of a leaf: to a member here, else up. Up goes only what came in at a member's port, so what came
 * down never goes up again.
 */
final class LeafRules {

    private final Rules rules;
    private final String leaf;
    private final List<AllocatedMember> members;
    private final Slicing slice;
    private final Detours detours;

    LeafRules(Rules rules, String leaf, List<AllocatedMember> members, Slicing slice, Detours detours) {
        this.rules = rules;
        this.leaf = leaf;
        this.members = members;
        this.slice = slice;
        this.detours = detours;
    }

    void add() {
        members.forEach(this::deliver);
        List<ArpDetours> arp = ArpDetours.of(leaf, members, slice);
        if (arp.stream().anyMatch(ArpDetours::ofAllMembers)) {
            // rules for all members look at no port in table 2, so what came down must not get there
            members.forEach(member -> rules.add(leaf, Tables.DELIVER, Priorities.ELSEWHERE, from(member),
                    Rules.action().transition(Tables.ASCEND)));
        } else if (members.stream().anyMatch(LeafRules::sendsUp)) {
            rules.add(leaf, Tables.DELIVER, Priorities.ELSEWHERE, tagged(),
                    Rules.action().transition(Tables.ASCEND));
        }
        members.forEach(this::ascend);
        arp.forEach(this::arpDetour);
    }

    private static boolean sendsUp(AllocatedMember member) {
        return Ways.arpUplink(member).isPresent() || !member.leafDetours().isEmpty() || !member.detours().isEmpty();
    }

    private void deliver(AllocatedMember member) {
        for (String text : member.ipv4()) {
            Ip4Address address = Ip4Address.valueOf(text);
            rules.add(leaf, Tables.DELIVER, Priorities.DELIVER,
                    tagged().matchEthType(EtherType.IPV4.ethType().toShort())
                            .matchIPDst(IpPrefix.valueOf(address, IpPrefix.MAX_INET_MASK_LENGTH)),
                    handOver(member));
            rules.add(leaf, Tables.DELIVER, Priorities.DELIVER, arp(tagged(), address), handOver(member));
        }
    }

    private void ascend(AllocatedMember member) {
        member.arpUplink().filter(port -> !member.uplink().equals(member.arpUplink()))
                .ifPresent(port -> rules.add(leaf, Tables.ASCEND, Priorities.ASCEND_ARP,
                        from(member).matchEthType(EtherType.ARP.ethType().toShort()), up(port)));
        member.uplink().ifPresent(port -> rules.add(leaf, Tables.ASCEND, Priorities.ASCEND, from(member), up(port)));
        detours.toLeaves(member).forEach((port, prefixes) -> prefixes.forEach(prefix ->
                rules.add(leaf, Tables.ASCEND, Priorities.ASCEND_LEAF_DETOUR, ipv4(from(member), prefix), up(port))));
        detours.toMembers(member).forEach((prefix, port) ->
                rules.add(leaf, Tables.ASCEND, Priorities.ASCEND_DETOUR, ipv4(from(member), prefix), up(port)));
    }

    private void arpDetour(ArpDetours detour) {
        for (Ip4Address address : Slicing.addresses(slice.byLeaf().get(detour.toLeaf()))) {
            if (detour.ofAllMembers()) {
                rules.add(leaf, Tables.ASCEND, Priorities.ASCEND_ARP_DETOUR, arp(tagged(), address),
                        up(detour.uplink()));
            } else {
                detour.members().forEach(member -> rules.add(leaf, Tables.ASCEND, Priorities.ASCEND_ARP_DETOUR,
                        arp(from(member), address), up(detour.uplink())));
            }
        }
    }

    private TrafficSelector.Builder tagged() {
        return Rules.match().matchVlanId(VlanId.vlanId((short) slice.tag()));
    }

    private TrafficSelector.Builder from(AllocatedMember member) {
        return tagged().matchInPort(PortNumber.portNumber(member.port().number()));
    }

    private static TrafficSelector.Builder ipv4(TrafficSelector.Builder match, IpPrefix prefix) {
        return match.matchEthType(EtherType.IPV4.ethType().toShort()).matchIPDst(prefix);
    }

    private static TrafficSelector.Builder arp(TrafficSelector.Builder match, Ip4Address address) {
        return match.matchEthType(EtherType.ARP.ethType().toShort()).matchArpTpa(address);
    }

    private static TrafficTreatment.Builder up(FabricPort port) {
        return Rules.action().setOutput(PortNumber.portNumber(port.number()));
    }

    /** The member's own address always: a host may see no frame that is not for it, a broadcast included. */
    private static TrafficTreatment.Builder handOver(AllocatedMember member) {
        return Rules.action().popVlan().setEthDst(MacAddress.valueOf(member.mac()))
                .setOutput(PortNumber.portNumber(member.port().number()));
    }
}
