import unittest

from cloister_tests.isolation import frames, probes
from cloister_tests.isolation.frames import ethernet
from cloister_tests.isolation.judge import Judge
from cloister_tests.isolation.marker import TRAFFIC, Marker
from cloister_tests.isolation.tally import Tally
from unit.isolation_fixture import DEVICES, host, view

RUN, PHASE, ATTACK = 77, 1, 4
MEMBER, FELLOW, STRANGER, OUTSIDER = host(1, 1), host(2, 1), host(1, 2), host(1, 4)


class Counting(unittest.TestCase):
    def setUp(self):
        self.view = view()
        self.seen_probes = []
        self.tally = Tally(self.view, Judge(self.view, DEVICES), RUN, lambda *seen: self.seen_probes.append(seen))
        self.phase = self.tally.phase(PHASE)

    def frame(self, sender, victim, attack=ATTACK, run=RUN, sequence=0):
        mark = Marker(run, PHASE, attack, self.view.index(sender), self.view.index(victim), sequence)
        return frames.finish(frames.udp(ethernet(sender.mac, victim.mac), sender.ip, victim.ip), mark.encode())

    def test_a_frame_that_reaches_several_hosts_leaked_once(self):
        for receiver in (MEMBER, FELLOW, OUTSIDER):
            self.tally.at_host(receiver.name, self.frame(STRANGER, MEMBER))
        self.tally.at_host(MEMBER.name, self.frame(STRANGER, MEMBER, sequence=1))
        self.assertEqual(len(self.phase.leaked[ATTACK]), 2)

    def test_what_enters_at_a_switch_port_is_sent(self):
        self.tally.at_switch("leaf-1-p2", self.frame(STRANGER, MEMBER))
        self.tally.at_switch("leaf-1-p2", self.frame(STRANGER, MEMBER, run=RUN + 1, sequence=1))
        self.tally.at_switch("leaf-1-p2", b"\x00" * 60)
        self.assertEqual(self.phase.frames_entered(), 1)

    def test_slice_traffic_counts_where_it_is_for_and_leaks_elsewhere(self):
        self.tally.at_host(FELLOW.name, self.frame(MEMBER, FELLOW, TRAFFIC))
        self.assertEqual((len(self.phase.delivered), len(self.phase.leaked[TRAFFIC])), (1, 0))
        self.tally.at_host(STRANGER.name, self.frame(MEMBER, FELLOW, TRAFFIC))
        self.assertEqual((len(self.phase.delivered), len(self.phase.leaked[TRAFFIC])), (1, 1))

    def test_what_hosts_stacks_send_is_stray_only_where_it_does_not_belong_and_only_when_asked(self):
        rightful = bytes(frames.udp(ethernet(FELLOW.mac, MEMBER.mac), FELLOW.ip, MEMBER.ip))
        wrong = bytes(frames.udp(ethernet(STRANGER.mac, MEMBER.mac), STRANGER.ip, MEMBER.ip))
        self.tally.at_host(MEMBER.name, wrong)
        self.assertEqual(sum(self.tally.strays.values()), 0)
        self.tally.watch_strays = True
        self.tally.at_host(MEMBER.name, rightful)
        self.tally.at_host(MEMBER.name, wrong)
        self.assertEqual(sum(self.tally.strays.values()), 1)

    def test_the_controllers_probes_are_counted_apart(self):
        self.tally.watch_strays = True
        own, others = probes.sample(DEVICES["leaf-1"], 1).frame, probes.sample(DEVICES["leaf-1"], 2).frame
        self.tally.at_host(MEMBER.name, own)
        self.tally.at_host(MEMBER.name, others)
        self.assertEqual((self.tally.probes, sum(self.tally.strays.values())), (1, 1))
        self.assertEqual(self.seen_probes, [(MEMBER, own)])
