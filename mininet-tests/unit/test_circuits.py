import unittest

from cloister_lab.optical import PlannedFibre
from cloister_lab.topology import FabricPlan
from cloister_tests import scenario
from cloister_tests.circuits import places as move_places
from cloister_tests.circuits.judge import Light, disagreements
from cloister_tests.lightfaults import cases, places as fault_places

PLAN = FabricPlan(scenario.load_topology("optical"))


def links(*joined):
    device = {switch.name: switch.device for switch in PLAN.switches}
    cables = [(f"leaf-{n}/4", f"spine-1/{n}") for n in range(1, 5)]
    points = [["/".join((device[switch], port)) for switch, port in (end.split("/") for end in ends)]
              for ends in [*cables, *joined]]
    return frozenset("->".join(ends) for pair in points for ends in (pair, pair[::-1]))


class Judging(unittest.TestCase):
    """Light from leaf-1 to spine-2 in one switch, the other one dark."""

    GOOD = Light({"ocs-1": {(1, 5), (5, 1)}, "ocs-2": set()}, {"ocs-1": {1, 5}, "ocs-2": set()},
                 links(("leaf-1/5", "spine-2/1")))

    def wrong(self, **changed):
        return "; ".join(disagreements(PLAN, Light(**{**vars(self.GOOD), **changed})))

    def test_what_agrees_is_not_complained_of(self):
        self.assertEqual(self.wrong(), "")

    def test_light_that_does_not_come_back(self):
        self.assertIn("one way only: [(1, 6)]", self.wrong(ways={"ocs-1": {(1, 6)}, "ocs-2": set()}))

    def test_a_port_that_is_dark_in_a_circuit_and_one_that_is_lit_in_none(self):
        self.assertIn("lit ports are [1]", self.wrong(lit={"ocs-1": {1}, "ocs-2": set()}))
        self.assertIn("ocs-2: lit ports are [7]", self.wrong(lit={"ocs-1": {1, 5}, "ocs-2": {7}}))

    def test_neighbours_that_light_does_not_join_and_such_as_are_not_found(self):
        self.assertIn("of:0000000000000011/5->of:0000000000000022/2",
                      self.wrong(links=links(("leaf-1/5", "spine-2/2"))))
        self.assertIn("not found", self.wrong(links=links()))

    def test_a_link_of_before_may_linger_for_a_moment(self):
        moved = Light(self.GOOD.ways, self.GOOD.lit, links(("leaf-1/5", "spine-2/1"), ("leaf-1/5", "leaf-2/5")))
        self.assertNotEqual(disagreements(PLAN, moved), [])
        self.assertEqual(disagreements(PLAN, moved, ghosts=links(("leaf-1/5", "leaf-2/5"))), [])


class Places(unittest.TestCase):
    def test_slices_that_are_there_together_share_no_host(self):
        fabric = _Fabric()
        for places, together in ((move_places, [("occupant", "bystander", "pair", "other-pair"),
                                                ("occupant", "bystander", "mover")]),
                                 (fault_places, [("occupant", "near", "far", "subject")])):
            for names in together:
                hosts = [host.name for name in names for host in places.members(fabric, name)]
                self.assertEqual(len(set(hosts)), len(hosts), names)

    def test_light_for_the_bystander_joins_its_leaves_in_each_switch(self):
        ends = {(fibre.optical_switch, fibre.port): fibre.switch for fibre in PLAN.fibres}
        self.assertEqual([(ends[name, one], ends[name, other]) for name, one, other in move_places.BY_HAND],
                         [("leaf-1", "spine-2"), ("leaf-2", "spine-2")])

    def test_the_faulty_port_is_the_subject_s_and_nobody_else_s(self):
        self.assertIn(PlannedFibre(fault_places.FAULTY, fault_places.PORT, "leaf-3", 5), PLAN.fibres)
        self.assertNotIn(fault_places.PORT, fault_places.LIGHT["near"])


class Cases(unittest.TestCase):
    def test_every_fault_is_there_once_at_each_moment(self):
        names = [kind.name for kind in cases.KINDS]
        self.assertEqual(len(set(names)), len(names))
        self.assertEqual(len(cases.cases()), sum(len(kind.moments) for kind in cases.KINDS))


class _Fabric:
    @staticmethod
    def hosts_of(leaf):
        return [host for host in PLAN.hosts if host.leaf == leaf]


if __name__ == "__main__":
    unittest.main()
