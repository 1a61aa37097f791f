package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.routing.Prefixes;
import org.onlab.packet.EthType.EtherType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.VlanId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficSelector;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Table 1 of spines: down to the leaf of the member that a packet is for. A spine has rules only for what can arrive
 * there: for IPv4 to the leaves that some member's way leads to over it, for ARP likewise.
 */
final class SpineRules {

    private final Rules rules;
    private final Slicing slice;
    private final boolean prefixes;

    SpineRules(Rules rules, Slicing slice, boolean prefixes) {
        this.rules = rules;
        this.slice = slice;
        this.prefixes = prefixes;
    }

    void add() {
        SortedMap<String, List<Ip4Prefix>> destinations = new TreeMap<>();
        slice.byLeaf().forEach((leaf, members) -> destinations.put(leaf, destinations(leaf, members)));

        slice.ipv4Down().forEach((spine, byLeaf) -> byLeaf.forEach((leaf, link) ->
                destinations.get(leaf).forEach(prefix -> down(link, ipv4(prefix)))));
        // OpenFlow cannot mask ARP addresses: a rule for each member, but on few spines
        slice.arpDown().forEach((spine, byLeaf) -> byLeaf.forEach((leaf, link) ->
                Slicing.addresses(slice.byLeaf().get(leaf)).forEach(address -> down(link, arp(address)))));
    }

    /** Never 0.0.0.0/0, which switches report back as no condition at all: another leaf's members are outside. */
    private List<Ip4Prefix> destinations(String leaf, Collection<AllocatedMember> members) {
        Collection<Ip4Address> addresses = Slicing.addresses(members);
        return prefixes
                ? Prefixes.cover(addresses, slice.addressesOutside(leaf))
                : addresses.stream().map(address -> Ip4Prefix.valueOf(address, Ip4Prefix.MAX_MASK_LENGTH))
                        .collect(Collectors.toList());
    }

    private void down(Link link, TrafficSelector.Builder match) {
        rules.add(link.from().switchName(), Tables.DELIVER, Priorities.DELIVER, match,
                Rules.action().setOutput(PortNumber.portNumber(link.from().number())));
    }

    private TrafficSelector.Builder ipv4(Ip4Prefix prefix) {
        return tagged().matchEthType(EtherType.IPV4.ethType().toShort()).matchIPDst(prefix);
    }

    private TrafficSelector.Builder arp(Ip4Address address) {
        return tagged().matchEthType(EtherType.ARP.ethType().toShort()).matchArpTpa(address);
    }

    private TrafficSelector.Builder tagged() {
        return Rules.match().matchVlanId(VlanId.vlanId((short) slice.tag()));
    }
}
