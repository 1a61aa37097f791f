import unittest

from cloister_lab.topology import FabricPlan, FabricSpec
from cloister_tests.lifecycle.slices import WIDE_LEAVES, plans


class FabricOfPlans:
    """A fabric's hosts without the fabric."""

    def __init__(self, spec):
        self.leaves = FabricPlan(spec).leaves
        self._hosts = FabricPlan(spec).hosts

    def hosts_of(self, leaf):
        return [host for host in self._hosts if host.leaf == leaf]


class Plans(unittest.TestCase):
    def setUp(self):
        self.fabric = FabricOfPlans(FabricSpec(leaves=4, spines=2, hosts=8))

    def test_at_least_half_of_the_slices_are_over_three_leaves(self):
        for seed in range(20):
            wide = [hosts for hosts in plans(self.fabric, 50, seed) if len({host.leaf for host in hosts}) >= WIDE_LEAVES]
            self.assertGreaterEqual(len(wide), 25)

    def test_every_slice_crosses_the_fabric_and_has_no_host_twice(self):
        for hosts in plans(self.fabric, 50, seed=1):
            self.assertGreater(len({host.leaf for host in hosts}), 1)
            self.assertEqual(len(set(hosts)), len(hosts))

    def test_a_seed_says_it_all(self):
        self.assertEqual(plans(self.fabric, 50, seed=1), plans(self.fabric, 50, seed=1))
        self.assertNotEqual(plans(self.fabric, 50, seed=1), plans(self.fabric, 50, seed=2))


if __name__ == "__main__":
    unittest.main()
