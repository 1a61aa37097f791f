import unittest
from itertools import chain

from cloister_lab.topology import FabricPlan, FabricSpec


class Numbering(unittest.TestCase):
    def test_small_fabric_has_the_contract_s_numbers(self):
        plan = FabricPlan(FabricSpec(leaves=4, spines=2, hosts=4))
        self.assertEqual(plan.leaves[0].device, "of:0000000000000011")
        self.assertEqual(plan.spines[0].device, "of:0000000000000021")
        first = plan.hosts[0]
        self.assertEqual((first.name, first.node, first.nic, first.leaf, first.port, first.mac, first.ip),
                         ("gpu-001-0", "gpu-001", 0, "leaf-1", 1, "02:00:00:00:01:01", "10.0.1.1"))
        self.assertEqual((list(plan.leaves[0].host_ports), list(plan.leaves[0].fabric_ports)), ([1, 2, 3, 4], [5, 6]))

    def test_nothing_collides_in_the_largest_fabric(self):
        plan = FabricPlan(FabricSpec(leaves=600, spines=300, hosts=3))
        for values in ([s.dpid for s in plan.switches], [s.name for s in plan.switches],
                       [h.mac for h in plan.hosts], [h.ip for h in plan.hosts], [h.name for h in plan.hosts]):
            self.assertEqual(len(set(values)), len(values))

    def test_interface_names_fit_the_kernel(self):
        plan = FabricPlan(FabricSpec(leaves=999, spines=999, hosts=1))
        for switch in (plan.leaves[-1], plan.spines[-1]):
            self.assertLessEqual(len(switch.interface(switch.fabric_ports[-1])), 15)

    def test_hosts_of_a_leaf_share_a_prefix_of_their_own(self):
        plan = FabricPlan(FabricSpec(leaves=300, spines=1, hosts=2))
        prefixes = {}
        for host in plan.hosts:
            prefixes.setdefault(host.ip.rpartition(".")[0], set()).add(host.leaf)
        self.assertEqual(len(prefixes), 300)
        self.assertTrue(all(len(leaves) == 1 for leaves in prefixes.values()))


class Wiring(unittest.TestCase):
    def test_every_leaf_has_one_link_to_every_spine_and_no_port_is_used_twice(self):
        plan = FabricPlan(FabricSpec(leaves=3, spines=2, hosts=4))
        self.assertEqual({(link.leaf, link.spine) for link in plan.links},
                         {(leaf.name, spine.name) for leaf in plan.leaves for spine in plan.spines})
        used = [(link.leaf, link.leaf_port) for link in plan.links] + [(link.spine, link.spine_port) for link in plan.links] \
            + [(host.leaf, host.port) for host in plan.hosts]
        self.assertEqual(len(set(used)), len(used))
        offered = {(s.name, port) for s in plan.switches for port in chain(s.host_ports, s.fabric_ports)}
        self.assertEqual(set(used), offered)

    def test_rails_put_the_nics_of_a_node_on_different_leaves(self):
        plan = FabricPlan(FabricSpec(leaves=4, spines=2, hosts=3, nics=2))
        leaves = [host.leaf for host in plan.hosts if host.node == "gpu-005"]
        self.assertEqual(leaves, ["leaf-3", "leaf-4"])
        self.assertEqual(len({host.node for host in plan.hosts}), 6)


class Refusals(unittest.TestCase):
    def test_names_field_and_value(self):
        for wrong, words in (({"leaves": 0}, ("leaves", "0")), ({"hosts": 255}, ("hosts", "255")),
                             ({"nics": 3, "leaves": 4}, ("nics", "3")), ({"link_mbit": -1}, ("link_mbit", "-1")),
                             ({"spines": "2"}, ("spines", "'2'")), ({"port_buffer": 1}, ("port_buffer", "1"))):
            with self.subTest(wrong), self.assertRaises(ValueError) as refusal:
                FabricSpec(**wrong)
            for word in words:
                self.assertIn(word, str(refusal.exception))


if __name__ == "__main__":
    unittest.main()
