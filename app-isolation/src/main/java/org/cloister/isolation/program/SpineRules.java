package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.onlab.packet.EthType.EtherType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.VlanId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Table 1 of spines: down to the leaf of the member that a packet is for. A spine has rules only for what can arrive
 * there: IPv4 where a member's uplink ends, ARP where a member's way for ARP ends.
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

        slice.leavesBelow(member -> Stream.concat(member.uplink().stream(),
                member.detours().stream().map(Detour::uplink))).forEach((spine, below) ->
                destinations.forEach((leaf, to) -> {
                    if (reachedFromOthers(leaf, below)) {
                        to.forEach(prefix -> down(spine, leaf, ipv4(prefix)));
                    }
                }));
        // OpenFlow cannot mask ARP addresses: a rule for each member, but on few spines
        slice.leavesBelow(member -> member.arpUplink().or(member::uplink).stream()).forEach((spine, below) ->
                slice.byLeaf().forEach((leaf, members) -> {
                    if (reachedFromOthers(leaf, below)) {
                        Slicing.addresses(members).forEach(address -> down(spine, leaf, arp(address)));
                    }
                }));
    }

    /** A leaf sends nothing up that is for its own members. */
    private static boolean reachedFromOthers(String leaf, Set<String> below) {
        return below.stream().anyMatch(other -> !other.equals(leaf));
    }

    /** Never 0.0.0.0/0, which switches report back as no condition at all: another leaf's members are outside. */
    private List<Ip4Prefix> destinations(String leaf, Collection<AllocatedMember> members) {
        Collection<Ip4Address> addresses = Slicing.addresses(members);
        return prefixes
                ? Prefixes.cover(addresses, slice.addressesOutside(leaf))
                : addresses.stream().map(address -> Ip4Prefix.valueOf(address, Ip4Prefix.MAX_MASK_LENGTH))
                        .collect(Collectors.toList());
    }

    private void down(String spine, String leaf, TrafficSelector.Builder match) {
        TrafficTreatment.Builder output = Rules.action()
                .setOutput(PortNumber.portNumber(slice.downlink(spine, leaf).number()));
        rules.add(spine, Tables.DELIVER, Priorities.DELIVER, match, output);
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
