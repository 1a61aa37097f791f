import unittest

from cloister_lab import netcfg
from cloister_lab.topology import FabricPlan, FabricSpec


class Configuration(unittest.TestCase):
    def setUp(self):
        self.body = netcfg.configuration(FabricPlan(FabricSpec(leaves=4, spines=1, hosts=4, link_mbit=100)))
        self.fabric = self.body["apps"]["org.cloister"]["fabric"]

    def test_switches_carry_their_ports_as_ranges(self):
        self.assertEqual(self.fabric["switches"][0], {"name": "leaf-1", "device": "of:0000000000000011", "role": "leaf",
                                                      "hostPorts": "1-4", "fabricPorts": "5"})
        self.assertEqual(self.fabric["switches"][4], {"name": "spine-1", "device": "of:0000000000000021",
                                                      "role": "spine", "fabricPorts": "1-4"})

    def test_hosts_are_on_switch_and_port(self):
        self.assertEqual(self.fabric["hosts"][4], {"name": "gpu-005-0", "node": "gpu-005", "nic": 0, "port": "leaf-2/1",
                                                   "mac": "02:00:00:00:02:01", "ipv4": ["10.0.2.1"]})

    def test_capacity_is_what_the_links_are_limited_to(self):
        self.assertEqual(self.fabric["linkBitsPerSecond"], 100_000_000)

    def test_onos_knows_the_same_hosts_at_the_same_place(self):
        self.assertEqual(self.body["hosts"]["02:00:00:00:02:01/None"]["basic"]["locations"], ["of:0000000000000012/1"])
        self.assertEqual(len(self.body["hosts"]), 16)

    def test_without_cloister_only_the_hosts_remain(self):
        self.assertNotIn("apps", netcfg.configuration(FabricPlan(FabricSpec()), with_cloister=False))


if __name__ == "__main__":
    unittest.main()
