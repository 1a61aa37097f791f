import unittest
from types import SimpleNamespace

from cloister_tests.isolation.attacks import CATALOGUE
from cloister_tests.isolation.flowtext import CONDITIONS
from cloister_tests.isolation.marker import TRAFFIC
from cloister_tests.isolation.phase import PhaseResult
from cloister_tests.isolation.proof import Evidence
from cloister_tests.isolation.report import failures, figures
from cloister_tests.isolation.tally import PhaseTally
from unit.isolation_fixture import view

FRAME = (0, 1, 0)


def phase(leaks=(), delivered=True, **doubts):
    """A phase that sent one frame of every attack, of which those named leaked, and one of slice traffic."""
    tally = PhaseTally()
    for each in CATALOGUE:
        tally.entered[each.number].add(FRAME)
        if each.name in leaks:
            tally.leaked[each.number].add(FRAME)
    tally.entered[TRAFFIC].add(FRAME)
    if delivered:
        tally.delivered.add(FRAME)
    parts = {"raw": len(CATALOGUE) + 1, "unjudged": {}, "lost": {}, "short_ports": [], **doubts}
    return PhaseResult(tally=tally, **parts)


def evidence(**other):
    everything = [each.name for each in CATALOGUE]
    fabric = SimpleNamespace(switches={"leaf-1": None}, leaves=["leaf-1"], spines=[])
    parts = dict(enforced=phase(), flooded=phase(everything), put_back=phase(), controller_back=phase(),
                 removed={name: phase(["udp"]) for name in CONDITIONS}, forged_link="a->b")
    return Evidence(fabric, view(), **{**parts, **other})


class Figures(unittest.TestCase):
    def test_have_the_keys_that_are_binding(self):
        report = figures(evidence())
        self.assertEqual((report["framesSent"], report["framesLeaked"]), (len(CATALOGUE), 0))
        self.assertEqual(report["attacks"]["icmp"], {"sent": 1, "leaked": 0, "leakedWithoutCloister": 1})
        self.assertEqual(report["conditionsRemoved"], {"in_port": 1, "tag": 1, "mac": 1, "ipv4": 1, "arp": 1})
        self.assertEqual((report["pairsInside"], report["pairsInsideReached"]), (8, 8))

    def test_strays_and_leaked_slice_traffic_are_leaks(self):
        enforced = phase()
        enforced._tally.leaked[TRAFFIC].add(FRAME)
        self.assertEqual(figures(evidence(enforced=enforced, strays={"x": 2}))["framesLeaked"], 3)


class Failures(unittest.TestCase):
    def expect(self, text, **other):
        found = failures(evidence(**other))
        self.assertTrue(any(text in each for each in found), f"{text!r} is not in {found}")

    def test_none_where_all_is_as_it_should_be(self):
        self.assertEqual(failures(evidence()), [])

    def test_a_leak_in_any_phase_with_the_rules_whole(self):
        for name in ("enforced", "put_back", "controller_back"):
            self.expect("1 frames of icmp leaked", **{name: phase(["icmp"])})

    def test_a_control_that_controls_nothing(self):
        self.expect("attack icmp: not seen even without Cloister", flooded=phase(["udp"]))
        self.expect("without the condition mac nothing leaked", removed={"mac": phase()})
        self.expect("made no link", forged_link="")

    def test_counts_that_cannot_be_relied_on(self):
        self.expect("leaf-1: 2 frames that came in were never looked up", enforced=phase(unjudged={"leaf-1": 2}))
        self.expect("capture at x lost 4 frames", put_back=phase(lost={"x": 4}))
        self.expect("99 frames sent", enforced=phase(raw=99))
        self.expect("the capture at x missed frames", self_test=["x"])

    def test_slices_that_do_not_work(self):
        self.expect("inside a slice: a -> b", unreached=["a -> b"])
        self.expect("inside a slice, after the controls: a -> b", unreached_afterwards=["a -> b"])
        self.expect("of 1 frames inside slices 0 were delivered", enforced=phase(delivered=False))
        self.expect("load: a -> b delivered nothing", silent_streams=["a -> b"])

    def test_what_the_attacks_may_not_change(self):
        self.expect("links changed: ['x']", links_after=frozenset(["x"]))
        self.expect("leaf-1: with ONOS back its rules are other ones", rules_changed=["leaf-1"])
        self.expect("3 ARP frames reached the controller", arp_at_controller=3)
        self.expect("stray frame, 2 times, at gpu", strays={"gpu": 2})
        self.expect("leaf-1: no rule at 40000", not_asking_for_arp=["leaf-1"])
