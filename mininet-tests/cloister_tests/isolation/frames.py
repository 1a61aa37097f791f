"""The frames that attacks are made of. Each carries a marker: as payload, or behind the last header where none fits."""
from socket import AF_INET6, inet_ntop, inet_pton

from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6NDOptDstLLAddr, ICMPv6NDOptSrcLLAddr, IPv6
from scapy.layers.l2 import ARP, LLC, STP, Dot1AD, Dot1Q, Ether
from scapy.packet import Packet, Padding, Raw
from scapy.utils6 import in6_getnsma, in6_getnsmac, in6_mactoifaceid

BROADCAST = "ff:ff:ff:ff:ff:ff"
ECHO_REQUEST, ARP_REQUEST, ARP_REPLY = 8, 1, 2
# Discard (RFC 863).
ATTACK_PORT = 9
# 0x88b5 is IEEE's for local experiments.
UNKNOWN_ETHERTYPE = 0x88B5


def finish(packet: Packet, marker: bytes) -> bytes:
    """The frame's bytes with the marker in it: inside the lengths and checksums of IP, behind all other bodies."""
    carries_payload = packet.haslayer(UDP) or packet.haslayer(TCP) or packet.haslayer(ICMP)
    return bytes(packet / (Raw(marker) if carries_payload else Padding(marker)))


def ethernet(source, destination, *tags):
    """An Ethernet header and any tags: an int is an 802.1Q VLAN, ("ad", n) an 802.1ad one, ("p", n) a priority only."""
    packet = Ether(src=source, dst=destination)
    for tag in tags:
        if isinstance(tag, int):
            packet /= Dot1Q(vlan=tag)
        else:
            kind, number = tag
            packet /= Dot1AD(vlan=number) if kind == "ad" else Dot1Q(vlan=0, prio=number)
    return packet


def icmp(link, source, destination):
    return link / IP(src=source, dst=destination) / ICMP(type=ECHO_REQUEST, id=1, seq=1)


def tcp(link, source, destination):
    return link / IP(src=source, dst=destination) / TCP(sport=ATTACK_PORT, dport=ATTACK_PORT, flags="S")


def udp(link, source, destination):
    return link / IP(src=source, dst=destination) / UDP(sport=ATTACK_PORT, dport=ATTACK_PORT)


def arp(link, operation, sender_mac, sender_ip, target_ip, target_mac="00:00:00:00:00:00"):
    return link / ARP(op=operation, hwsrc=sender_mac, psrc=sender_ip, hwdst=target_mac, pdst=target_ip)


def link_local(mac):
    """The IPv6 address that a host makes of its MAC (RFC 4291, modified EUI-64)."""
    return "fe80::" + in6_mactoifaceid(mac)


def neighbour_solicitation(source_mac, target_mac):
    target = link_local(target_mac)
    group = in6_getnsma(inet_pton(AF_INET6, target))
    return (ethernet(source_mac, in6_getnsmac(group)) / IPv6(src=link_local(source_mac), dst=inet_ntop(AF_INET6, group))
            / ICMPv6ND_NS(tgt=target) / ICMPv6NDOptSrcLLAddr(lladdr=source_mac))


def neighbour_advertisement(source_mac, claimed_mac):
    """To all nodes: the address that belongs to one MAC is said to be at the sender's."""
    return (ethernet(source_mac, "33:33:00:00:00:01")
            / IPv6(src=link_local(source_mac), dst="ff02::1")
            / ICMPv6ND_NA(tgt=link_local(claimed_mac), R=0, S=0, O=1) / ICMPv6NDOptDstLLAddr(lladdr=source_mac))


def ipv6_udp(link, source_mac, target_mac):
    return link / IPv6(src=link_local(source_mac), dst=link_local(target_mac)) / UDP(sport=ATTACK_PORT, dport=ATTACK_PORT)


def unknown(link):
    link.lastlayer().type = UNKNOWN_ETHERTYPE
    return link


def spanning_tree(source_mac):
    """A configuration BPDU whose sender wants to be the root."""
    return Ether(src=source_mac, dst="01:80:c2:00:00:00", type=38) / LLC(dsap=0x42, ssap=0x42, ctrl=3) / STP(
        rootid=0, rootmac=source_mac, bridgeid=0, bridgemac=source_mac)


def foreign_lldp(source_mac, chassis, port_name):
    """Plain LLDP as a switch of another maker sends it. chassis: six bytes; port_name: the interface's name."""
    name = b"\x05" + port_name.encode()
    return Ether(src=source_mac, dst="01:80:c2:00:00:0e", type=0x88CC) / Raw(
        b"\x02\x07\x04" + chassis + bytes([4, len(name)]) + name + b"\x06\x02\x00\x78\x00\x00")
