import unittest

from cloister_lab import readiness
from cloister_lab.topology import FabricPlan, FabricSpec


def onos_view(plan):
    """Answers of /onos/v1 in which the whole plan is visible."""
    device = {switch.name: switch.device for switch in plan.switches}
    links = []
    for link in plan.links:
        ends = [{"device": device[link.leaf], "port": str(link.leaf_port)},
                {"device": device[link.spine], "port": str(link.spine_port)}]
        links += [{"src": a, "dst": b, "state": "ACTIVE"} for a, b in (ends, ends[::-1])]
    return {"/devices": {"devices": [{"id": d, "available": True} for d in device.values()]},
            "/links": {"links": links},
            "/hosts": {"hosts": [{"mac": h.mac.upper(), "locations": [{"elementId": device[h.leaf], "port": str(h.port)}]}
                                 for h in plan.hosts]}}


class Readiness(unittest.TestCase):
    def setUp(self):
        self.plan = FabricPlan(FabricSpec(leaves=2, spines=2, hosts=2))
        self.onos = onos_view(self.plan)

    def missing(self):
        return readiness.expected(self.plan).missing_from(readiness.seen(self.onos.__getitem__))

    def test_ready_when_all_is_seen(self):
        self.assertEqual(self.missing(), "")

    def test_one_direction_of_one_link_is_missed_and_named(self):
        del self.onos["/links"]["links"][3]
        self.assertEqual(self.missing(), "links 7/8 (missing of:0000000000000022/1->of:0000000000000011/4)")

    def test_an_unavailable_device_does_not_count(self):
        self.onos["/devices"]["devices"][0]["available"] = False
        self.assertIn("devices 3/4 (missing of:0000000000000011)", self.missing())

    def test_a_host_elsewhere_does_not_count(self):
        self.onos["/hosts"]["hosts"][0]["locations"][0]["port"] = "2"
        self.assertIn("hosts 3/4", self.missing())


if __name__ == "__main__":
    unittest.main()
