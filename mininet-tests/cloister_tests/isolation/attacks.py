"""The attacks by name. Each is a function of the sender and the victim that yields frames.

An attack is what the sender may not do, whoever the victim is. Those marked ``inside`` are run between members of one
slice as well: membership is no licence to take another's identity, to tag, to flood, or to speak anything but IPv4.
"""
from dataclasses import dataclass, field
from typing import Callable, Dict, Iterator, List

from scapy.packet import Packet
from scapy.layers.l2 import Ether

from cloister_lab.topology import PlannedHost

from . import frames, probes
from .frames import ARP_REPLY, ARP_REQUEST, BROADCAST, ethernet
from .marker import Marker
from .view import View

Builder = Callable[["Case"], Iterator[Packet]]


@dataclass(frozen=True)
class Case:
    """One sender and one victim; ``captured`` are probes of ONOS from the victim's port."""

    view: View
    sender: PlannedHost
    victim: PlannedHost
    captured: List[probes.Probe] = field(default_factory=list)
    devices: Dict[str, str] = field(default_factory=dict)

    @property
    def alias(self) -> PlannedHost:
        return self.view.alias(self.sender, self.victim)

    @property
    def plain(self):
        """The sender's own untagged header to the victim."""
        return ethernet(self.sender.mac, self.victim.mac)


@dataclass(frozen=True)
class Attack:
    number: int
    name: str
    inside: bool
    needs_probes: bool
    build: Builder


CATALOGUE: List[Attack] = []


def attack(name: str, inside: bool = False, needs_probes: bool = False) -> Callable[[Builder], Builder]:
    def register(build: Builder) -> Builder:
        CATALOGUE.append(Attack(len(CATALOGUE), name, inside, needs_probes, build))
        return build
    return register


def marked(each: Attack, case: Case, run: int, first: int = 0) -> List[bytes]:
    """The attack's frames for one case, each with its own marker (phase 0); ``first`` is the first one's number."""
    sender, victim = case.view.index(case.sender), case.view.index(case.victim)
    return [frames.finish(packet, Marker(run, 0, each.number, sender, victim, sequence).encode())
            for sequence, packet in enumerate(each.build(case), first)]


@attack("icmp")
def _icmp(c):
    yield frames.icmp(c.plain, c.sender.ip, c.victim.ip)


@attack("tcp")
def _tcp(c):
    yield frames.tcp(c.plain, c.sender.ip, c.victim.ip)


@attack("udp")
def _udp(c):
    yield frames.udp(c.plain, c.sender.ip, c.victim.ip)


@attack("arp-request")
def _arp_request(c):
    for destination in (BROADCAST, c.victim.mac):
        yield frames.arp(ethernet(c.sender.mac, destination), ARP_REQUEST, c.sender.mac, c.sender.ip, c.victim.ip)


@attack("arp-reply-foreign-sender", inside=True)
def _arp_reply(c):
    # The victim is told that a fellow's address is at the sender's MAC, and then at the fellow's own.
    for mac in (c.sender.mac, c.alias.mac):
        yield frames.arp(c.plain, ARP_REPLY, mac, c.alias.ip, c.victim.ip, c.victim.mac)


@attack("gratuitous-arp", inside=True)
def _gratuitous_arp(c):
    everyone = ethernet(c.sender.mac, BROADCAST)
    for address in (c.sender.ip, c.victim.ip, c.alias.ip):
        for operation in (ARP_REQUEST, ARP_REPLY):
            yield frames.arp(everyone.copy(), operation, c.sender.mac, address, address, BROADCAST)


@attack("broadcast", inside=True)
def _broadcast(c):
    yield frames.udp(ethernet(c.sender.mac, BROADCAST), c.sender.ip, "255.255.255.255")


@attack("broadcast-to-victim")
def _broadcast_to_victim(c):
    yield frames.udp(ethernet(c.sender.mac, BROADCAST), c.sender.ip, c.victim.ip)


@attack("multicast", inside=True)
def _multicast(c):
    yield frames.udp(ethernet(c.sender.mac, "01:00:5e:00:00:01"), c.sender.ip, "224.0.0.1")
    yield frames.udp(ethernet(c.sender.mac, "01:00:5e:01:01:01"), c.sender.ip, "239.1.1.1")


@attack("lldp-plain", inside=True)
def _lldp_plain(c):
    yield frames.foreign_lldp(c.sender.mac, bytes.fromhex(c.sender.mac.replace(":", "")), "eth0")
    yield frames.foreign_lldp(c.sender.mac, probes.chassis_of(c.devices[c.victim.leaf]), f"{c.victim.leaf}-p{c.victim.port}")


@attack("lldp-onos-relayed", inside=True, needs_probes=True)
def _lldp_relayed(c):
    for probe in c.captured:
        yield Ether(probes.relayed(probe))


@attack("lldp-onos-forged", inside=True, needs_probes=True)
def _lldp_forged(c):
    # The sender's port is said to face a port of a spine; once under ONOS's source and once under another cluster's.
    device = next(device for name, device in sorted(c.devices.items()) if name.startswith("spine"))
    for probe in c.captured:
        for source in (None, bytes.fromhex("02eb12345678")):
            yield Ether(probes.forged(probe, probes.chassis_of(device), device, 1, source))


@attack("ipv6-neighbour-discovery", inside=True)
def _neighbour_discovery(c):
    yield frames.neighbour_solicitation(c.sender.mac, c.victim.mac)
    yield frames.neighbour_advertisement(c.sender.mac, c.victim.mac)


@attack("ipv6", inside=True)
def _ipv6(c):
    yield frames.ipv6_udp(c.plain, c.sender.mac, c.victim.mac)


@attack("spoofed-mac", inside=True)
def _spoofed_mac(c):
    link = ethernet(c.alias.mac, c.victim.mac)
    yield frames.udp(link.copy(), c.sender.ip, c.victim.ip)
    yield frames.arp(link.copy(), ARP_REQUEST, c.sender.mac, c.sender.ip, c.victim.ip)


@attack("spoofed-ipv4", inside=True)
def _spoofed_ipv4(c):
    for address in (c.alias.ip, c.victim.ip):
        yield frames.udp(c.plain, address, c.victim.ip)


@attack("spoofed-mac-and-ipv4", inside=True)
def _spoofed_both(c):
    for identity in (c.alias, c.victim):
        yield frames.udp(ethernet(identity.mac, c.victim.mac), identity.ip, c.victim.ip)


@attack("spoofed-arp", inside=True)
def _spoofed_arp(c):
    yield frames.arp(c.plain, ARP_REQUEST, c.alias.mac, c.sender.ip, c.victim.ip)
    yield frames.arp(c.plain, ARP_REQUEST, c.sender.mac, c.alias.ip, c.victim.ip)
    for identity in (c.alias, c.victim):
        yield frames.arp(ethernet(identity.mac, BROADCAST), ARP_REQUEST, identity.mac, identity.ip, c.victim.ip)


@attack("tagged", inside=True)
def _tagged(c):
    for tag in c.view.tags:
        yield from _speak(c, tag)


@attack("double-tagged", inside=True)
def _double_tagged(c):
    own = c.view.slice_of(c.victim)
    inner = own.tag if own else c.view.tags[0]
    for tag in c.view.tags:
        yield frames.udp(ethernet(c.sender.mac, c.victim.mac, tag, inner), c.sender.ip, c.victim.ip)
        yield frames.udp(ethernet(c.alias.mac, c.victim.mac, ("ad", tag), inner), c.alias.ip, c.victim.ip)


@attack("priority-tagged", inside=True)
def _priority_tagged(c):
    yield from _speak(c, ("p", 5))
    own = c.view.slice_of(c.victim)
    if own:
        yield frames.udp(ethernet(c.alias.mac, c.victim.mac, ("p", 5), own.tag), c.alias.ip, c.victim.ip)


@attack("unknown-ethertype", inside=True)
def _unknown_ethertype(c):
    for destination in (c.victim.mac, BROADCAST):
        yield frames.unknown(ethernet(c.sender.mac, destination))


@attack("spanning-tree", inside=True)
def _spanning_tree(c):
    yield frames.spanning_tree(c.sender.mac)


@attack("mismatched-destination")
def _mismatched_destination(c):
    # The way opens for a fellow's address, the MAC is the victim's; and the other way round.
    fellows = c.view.fellows(c.sender)
    if fellows:
        yield frames.udp(c.plain, c.sender.ip, fellows[0].ip)
        yield frames.udp(ethernet(c.sender.mac, fellows[0].mac), c.sender.ip, c.victim.ip)


def _speak(c, tag):
    """IPv4 and ARP under a tag, each as oneself and as a fellow of the victim."""
    for identity in (c.sender, c.alias):
        yield frames.udp(ethernet(identity.mac, c.victim.mac, tag), identity.ip, c.victim.ip)
        yield frames.arp(ethernet(identity.mac, BROADCAST, tag), ARP_REQUEST, identity.mac, identity.ip, c.victim.ip)
