package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.fabric.Switch;
import org.onlab.packet.EthType.EtherType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.meter.MeterId;

/**
 * Table 0: who may send what where. A member's packets get the slice's tag here, so that a tag proves where a packet
 * came from; a tag that a link brings counts only where the slice owns the link in that direction.
 */
final class AdmitRules {

    private AdmitRules() {
    }

    /** Drops what no slice admits: all that hosts send, all that carries a tag. */
    static void deny(Rules rules, Switch at) {
        at.hostPorts().forEach(port -> rules.add(at.name(), Tables.ADMIT, Priorities.DENY,
                Rules.match().matchInPort(PortNumber.portNumber(port)), Rules.action().drop()));
        // untagged frames pass: ONOS finds links by LLDP here
        at.fabricPorts().forEach(port -> rules.add(at.name(), Tables.ADMIT, Priorities.DENY,
                Rules.match().matchInPort(PortNumber.portNumber(port)).matchVlanId(VlanId.ANY),
                Rules.action().drop()));
    }

    /** Admits a member's IPv4 and ARP under its own addresses, through its meter if it is limited. */
    static void member(Rules rules, AllocatedMember member, int tag, Admittance admittance) {
        Long meter = admittance.meters().get(member.rank());
        if (member.limitBitsPerSecond().isPresent() && meter == null) {
            return;
        }
        int priority = Priorities.admit(admittance.level());
        MacAddress mac = MacAddress.valueOf(member.mac());
        for (String text : member.ipv4()) {
            Ip4Address address = Ip4Address.valueOf(text);
            TrafficSelector.Builder ipv4 = untagged(member, mac).matchEthType(EtherType.IPV4.ethType().toShort())
                    .matchIPSrc(IpPrefix.valueOf(address, IpPrefix.MAX_INET_MASK_LENGTH));
            TrafficSelector.Builder arp = untagged(member, mac).matchEthType(EtherType.ARP.ethType().toShort())
                    .matchArpSha(mac).matchArpSpa(address);
            rules.add(member.leaf(), Tables.ADMIT, priority, ipv4, tagged(tag, meter));
            rules.add(member.leaf(), Tables.ADMIT, priority, arp, tagged(tag, meter));
        }
    }

    /** Admits the slice's tag where one of its links ends. */
    static void link(Rules rules, ReservedLink link, int tag) {
        rules.add(link.to().switchName(), Tables.ADMIT, Priorities.ADMIT,
                Rules.match().matchInPort(PortNumber.portNumber(link.to().number()))
                        .matchVlanId(VlanId.vlanId((short) tag)),
                Rules.action().transition(Tables.DELIVER));
    }

    private static TrafficSelector.Builder untagged(AllocatedMember member, MacAddress mac) {
        return Rules.match().matchInPort(PortNumber.portNumber(member.port().number()))
                .matchVlanId(VlanId.NONE).matchEthSrc(mac);
    }

    private static TrafficTreatment.Builder tagged(int tag, Long meter) {
        TrafficTreatment.Builder action = Rules.action();
        if (meter != null) {
            action.meter(MeterId.meterId(meter));
        }
        return action.pushVlan().setVlanId(VlanId.vlanId((short) tag)).transition(Tables.DELIVER);
    }
}
