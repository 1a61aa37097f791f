package org.cloister.isolation.program.sim;

import org.cloister.isolation.fabric.Host;
import org.immutables.value.Value;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;

import java.util.List;
import java.util.Optional;

/** An Ethernet frame as far as switches look into it. */
@Value.Immutable
public interface Frame {

    int IPV4 = 0x0800;
    int ARP = 0x0806;
    int VLAN = 0x8100;
    int SERVICE_VLAN = 0x88a8;
    int IPV6 = 0x86dd;
    int LLDP = 0x88cc;
    int BDDP = 0x8942;

    MacAddress dst();

    MacAddress src();

    /** 802.1Q tags, the outer one first. */
    List<Tag> tags();

    /** What follows the tags. */
    int etherType();

    Optional<Ipv4> ipv4();

    Optional<Arp> arp();

    /** Tells what the frame is for in messages of failed tests. */
    @Value.Auxiliary
    @Value.Default
    default String label() {
        return "frame";
    }

    static ImmutableFrame.Builder builder() {
        return ImmutableFrame.builder();
    }

    /** Returns the frame that a host's stack sends when it knows the receiver's MAC address. */
    static Frame ipv4(Host from, Ip4Address src, Host to, Ip4Address dst) {
        return builder().src(from.mac()).dst(to.mac()).etherType(IPV4).ipv4(Ipv4.of(src, dst))
                .label("IPv4 " + from.name() + "->" + to.name()).build();
    }

    /** Returns the frame by which a host asks for the MAC address of another. */
    static Frame arpRequest(Host from, Ip4Address src, Ip4Address dst) {
        return builder().src(from.mac()).dst(MacAddress.BROADCAST).etherType(ARP)
                .arp(Arp.of(1, from.mac(), src, MacAddress.ZERO, dst))
                .label("ARP request " + from.name() + " for " + dst).build();
    }

    /** Returns the frame by which a host tells another its MAC address. */
    static Frame arpReply(Host from, Ip4Address src, Host to, Ip4Address dst) {
        return builder().src(from.mac()).dst(to.mac()).etherType(ARP)
                .arp(Arp.of(2, from.mac(), src, to.mac(), dst))
                .label("ARP reply " + from.name() + "->" + to.name()).build();
    }

    /** One 802.1Q tag; identifier 0 is a priority tag. */
    @Value.Immutable
    interface Tag {

        int protocol();

        int vlan();

        static Tag of(int vlan) {
            return of(VLAN, vlan);
        }

        static Tag of(int protocol, int vlan) {
            return ImmutableTag.builder().protocol(protocol).vlan(vlan).build();
        }
    }

    /** An IPv4 header. */
    @Value.Immutable
    interface Ipv4 {

        Ip4Address src();

        Ip4Address dst();

        static Ipv4 of(Ip4Address src, Ip4Address dst) {
            return ImmutableIpv4.builder().src(src).dst(dst).build();
        }
    }

    /** An ARP message; the names are OpenFlow's. */
    @Value.Immutable
    interface Arp {

        int op();

        MacAddress sha();

        Ip4Address spa();

        MacAddress tha();

        Ip4Address tpa();

        static Arp of(int op, MacAddress sha, Ip4Address spa, MacAddress tha, Ip4Address tpa) {
            return ImmutableArp.builder().op(op).sha(sha).spa(spa).tha(tha).tpa(tpa).build();
        }
    }
}
