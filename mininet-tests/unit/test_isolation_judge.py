import unittest

from cloister_tests.isolation import frames, probes
from cloister_tests.isolation.frames import ARP_REQUEST, BROADCAST, ethernet
from cloister_tests.isolation.judge import Judge, Verdict
from cloister_tests.isolation.marker import Marker
from unit.isolation_fixture import DEVICES, host, view

MEMBER, FELLOW, STRANGER = host(1, 1), host(2, 1), host(1, 2)


def verdict(packet, receiver=MEMBER, sender=FELLOW, has_marker=True):
    everyone = view()
    mark = Marker(1, 1, 0, everyone.index(sender), everyone.index(receiver), 0) if has_marker else None
    return Judge(everyone, DEVICES).verdict(receiver, bytes(packet), mark)


class Rightful(unittest.TestCase):
    def test_ipv4_from_a_fellow(self):
        packet = frames.udp(ethernet(FELLOW.mac, MEMBER.mac), FELLOW.ip, MEMBER.ip)
        self.assertIs(verdict(packet), Verdict.RIGHTFUL)
        self.assertIs(verdict(packet, has_marker=False), Verdict.RIGHTFUL)

    def test_arp_that_asks_for_the_receiver(self):
        for destination in (BROADCAST, MEMBER.mac):
            packet = frames.arp(ethernet(FELLOW.mac, destination), ARP_REQUEST, FELLOW.mac, FELLOW.ip, MEMBER.ip)
            self.assertIs(verdict(packet), Verdict.RIGHTFUL)


class Leaks(unittest.TestCase):
    def expect_leak(self, packet, **case):
        self.assertIs(verdict(packet, **case), Verdict.LEAK)

    def test_from_a_stranger_under_its_own_or_a_fellows_name(self):
        self.expect_leak(frames.udp(ethernet(STRANGER.mac, MEMBER.mac), STRANGER.ip, MEMBER.ip), sender=STRANGER)
        self.expect_leak(frames.udp(ethernet(FELLOW.mac, MEMBER.mac), FELLOW.ip, MEMBER.ip), sender=STRANGER)

    def test_a_fellow_under_another_mac_or_address(self):
        other = host(1, 3)
        self.expect_leak(frames.udp(ethernet(other.mac, MEMBER.mac), FELLOW.ip, MEMBER.ip))
        self.expect_leak(frames.udp(ethernet(FELLOW.mac, MEMBER.mac), other.ip, MEMBER.ip))
        link = ethernet(FELLOW.mac, MEMBER.mac)
        self.expect_leak(frames.arp(link.copy(), ARP_REQUEST, other.mac, FELLOW.ip, MEMBER.ip))
        self.expect_leak(frames.arp(link.copy(), ARP_REQUEST, FELLOW.mac, other.ip, MEMBER.ip))

    def test_what_is_for_somebody_else(self):
        other = host(1, 3)
        self.expect_leak(frames.udp(ethernet(FELLOW.mac, other.mac), FELLOW.ip, other.ip))
        self.expect_leak(frames.udp(ethernet(FELLOW.mac, other.mac), FELLOW.ip, MEMBER.ip))
        self.expect_leak(frames.arp(ethernet(FELLOW.mac, BROADCAST), ARP_REQUEST, FELLOW.mac, FELLOW.ip, other.ip))

    def test_a_tag_that_arrives(self):
        self.expect_leak(frames.udp(ethernet(FELLOW.mac, MEMBER.mac, 100), FELLOW.ip, MEMBER.ip))

    def test_ones_own_frame_coming_back(self):
        self.expect_leak(frames.udp(ethernet(MEMBER.mac, MEMBER.mac), MEMBER.ip, MEMBER.ip), sender=MEMBER)


class Probes(unittest.TestCase):
    def test_onos_may_probe_the_port_that_the_probe_names(self):
        probe = probes.sample(DEVICES["leaf-1"], 1).frame
        self.assertIs(verdict(probe, has_marker=False), Verdict.PROBE)

    def test_a_probe_of_another_port_was_let_through(self):
        for device, port in ((DEVICES["leaf-1"], 2), (DEVICES["leaf-2"], 1)):
            self.assertIs(verdict(probes.sample(device, port).frame, has_marker=False), Verdict.LEAK)

    def test_a_probe_with_a_marker_was_relayed(self):
        self.assertIs(verdict(probes.sample(DEVICES["leaf-1"], 1).frame), Verdict.LEAK)
