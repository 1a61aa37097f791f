package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.FabricPort;
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

    private LeafRules() {
    }

    static void add(Rules rules, String leaf, List<AllocatedMember> members, Slicing slice) {
        int tag = slice.tag();
        members.forEach(member -> deliver(rules, member, tag));
        if (members.stream().anyMatch(member -> member.uplink().isPresent())) {
            rules.add(leaf, Tables.DELIVER, Priorities.ELSEWHERE, tagged(tag),
                    Rules.action().transition(Tables.ASCEND));
        }
        members.forEach(member -> ascend(rules, member, tag));
        members.forEach(member -> member.detours().forEach(detour ->
                detour(rules, member, slice.members().get(detour.toRank()), detour.uplink(), tag)));
    }

    private static void deliver(Rules rules, AllocatedMember member, int tag) {
        for (String text : member.ipv4()) {
            Ip4Address address = Ip4Address.valueOf(text);
            rules.add(member.leaf(), Tables.DELIVER, Priorities.DELIVER,
                    tagged(tag).matchEthType(EtherType.IPV4.ethType().toShort())
                            .matchIPDst(IpPrefix.valueOf(address, IpPrefix.MAX_INET_MASK_LENGTH)),
                    handOver(member));
            rules.add(member.leaf(), Tables.DELIVER, Priorities.DELIVER,
                    tagged(tag).matchEthType(EtherType.ARP.ethType().toShort()).matchArpTpa(address),
                    handOver(member));
        }
    }

    private static void ascend(Rules rules, AllocatedMember member, int tag) {
        member.arpUplink().filter(port -> !member.uplink().equals(member.arpUplink()))
                .ifPresent(port -> rules.add(member.leaf(), Tables.ASCEND, Priorities.ASCEND_ARP,
                        from(member, tag).matchEthType(EtherType.ARP.ethType().toShort()), up(port)));
        member.uplink().ifPresent(port -> rules.add(member.leaf(), Tables.ASCEND, Priorities.ASCEND,
                from(member, tag), up(port)));
    }

    private static void detour(Rules rules, AllocatedMember member, AllocatedMember to, FabricPort uplink, int tag) {
        for (Ip4Address address : Slicing.addresses(List.of(to))) {
            rules.add(member.leaf(), Tables.ASCEND, Priorities.ASCEND_DETOUR,
                    from(member, tag).matchEthType(EtherType.IPV4.ethType().toShort())
                            .matchIPDst(IpPrefix.valueOf(address, IpPrefix.MAX_INET_MASK_LENGTH)),
                    up(uplink));
        }
    }

    private static TrafficSelector.Builder tagged(int tag) {
        return Rules.match().matchVlanId(VlanId.vlanId((short) tag));
    }

    private static TrafficSelector.Builder from(AllocatedMember member, int tag) {
        return tagged(tag).matchInPort(PortNumber.portNumber(member.port().number()));
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
