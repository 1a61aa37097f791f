import unittest

from cloister_tests.isolation import marker, probes
from cloister_tests.isolation.attacks import CATALOGUE, Case, marked
from cloister_tests.isolation.judge import Judge, Verdict
from unit.isolation_fixture import DEVICES, host, view

# The list, by the names that the report uses.
REQUIRED = {"icmp", "tcp", "udp", "arp-request", "arp-reply-foreign-sender", "gratuitous-arp", "broadcast", "multicast",
            "lldp-plain", "lldp-onos-relayed", "lldp-onos-forged", "ipv6-neighbour-discovery", "spoofed-mac",
            "spoofed-ipv4", "spoofed-mac-and-ipv4", "tagged", "double-tagged", "priority-tagged", "unknown-ethertype"}


def frames_of(name, sender, victim):
    each = next(attack for attack in CATALOGUE if attack.name == name)
    probe = probes.sample(DEVICES[victim.leaf], victim.port)
    return marked(each, Case(view(), sender, victim, [probe], DEVICES), run=1)


def vlans(frame):
    """The tags in a frame, outermost first, as (TPID, VLAN)."""
    found, at = [], 12
    while frame[at:at + 2] in (b"\x81\x00", b"\x88\xa8"):
        found.append((frame[at:at + 2].hex(), int.from_bytes(frame[at + 2:at + 4], "big") & 0xFFF))
        at += 4
    return found


class Catalogue(unittest.TestCase):
    def test_has_every_attack_that_is_asked_for_once(self):
        names = [each.name for each in CATALOGUE]
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual(REQUIRED, set(names))

    def test_every_frame_has_a_marker_of_its_own(self):
        seen = set()
        for each in CATALOGUE:
            for frame in frames_of(each.name, host(1, 1), host(2, 2)):
                mark = marker.find(frame)
                self.assertEqual((mark.attack, mark.run), (each.number, 1))
                self.assertNotIn(mark, seen)
                seen.add(mark)

    def test_no_frame_would_be_rightful_at_any_host(self):
        everyone = view()
        judge = Judge(everyone, DEVICES)
        for sender, victim in everyone.pairs_outside() + everyone.pairs_inside():
            for each in CATALOGUE:
                # Addressed to a fellow in part: rightful there once the fabric has put in the fellow's MAC.
                if each.name == "mismatched-destination" or (everyone.share(sender, victim) and not each.inside):
                    continue
                for frame in frames_of(each.name, sender, victim):
                    for receiver in everyone.hosts:
                        self.assertIs(judge.verdict(receiver, frame, marker.find(frame)), Verdict.LEAK,
                                      f"{each.name} {sender.name} -> {victim.name} at {receiver.name}: {frame.hex()}")


class Tags(unittest.TestCase):
    def test_every_live_tag_is_tried_under_both_identities(self):
        sender, victim = host(1, 4), host(2, 1)
        frames = frames_of("tagged", sender, victim)
        self.assertEqual({vlans(frame)[0] for frame in frames}, {("8100", 100), ("8100", 101)})
        alias = view().alias(sender, victim)
        for mac in (sender.mac, alias.mac):
            self.assertTrue(any(frame[6:12].hex(":") == mac for frame in frames), mac)

    def test_double_tags_hide_the_victims_tag_under_both_kinds_of_outer_tag(self):
        frames = frames_of("double-tagged", host(1, 4), host(2, 2))
        self.assertEqual({vlans(frame)[0][0] for frame in frames}, {"8100", "88a8"})
        self.assertEqual({vlans(frame)[1] for frame in frames}, {("8100", 101)})

    def test_a_priority_tag_has_vlan_0(self):
        self.assertEqual({vlans(frame)[0] for frame in frames_of("priority-tagged", host(1, 4), host(2, 2))}, {("8100", 0)})


class Identities(unittest.TestCase):
    def test_an_alias_is_a_fellow_of_the_victim_where_there_is_one(self):
        everyone = view()
        for sender, victim in everyone.pairs_outside():
            alias = everyone.alias(sender, victim)
            self.assertNotIn(alias, (sender, victim))
            if everyone.slice_of(victim):
                self.assertTrue(everyone.share(alias, victim))

    def test_a_member_alone_with_its_victim_takes_a_strangers_identity(self):
        self.assertNotIn(view().alias(host(1, 2), host(2, 2)), (host(1, 2), host(2, 2)))
