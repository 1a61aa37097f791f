import unittest

from cloister_lab import light, netcfg
from cloister_lab.optical import OpticalSpec
from cloister_lab.topology import FabricPlan, FabricSpec

FIBRES = {"ocs-1": {"1": "leaf-1/4", "2": "leaf-2/4", "3": "spine-2/1", "4": "leaf-1/5"}}
SPEC = FabricSpec(leaves=2, spines=2, hosts=2, optical_switches=[{"name": "ocs-1", "ports": 4}], fibres=FIBRES)


class Fibres(unittest.TestCase):
    def setUp(self):
        self.plan = FabricPlan(SPEC)

    def test_a_fibre_takes_the_place_of_the_cable_at_its_port(self):
        self.assertEqual({(cable.leaf, cable.spine) for cable in self.plan.links},
                         {("leaf-1", "spine-1"), ("leaf-2", "spine-1")})

    def test_ports_with_a_cable_or_a_fibre_are_fabric_ports_and_no_others(self):
        ports = {switch.name: switch.fabric_ports for switch in self.plan.switches}
        self.assertEqual(ports, {"leaf-1": (3, 4, 5), "leaf-2": (3, 4), "spine-1": (1, 2), "spine-2": (1,)})

    def test_survives_json(self):
        self.assertEqual(FabricSpec(**SPEC.to_json()), SPEC)

    def test_management_addresses_are_in_networks_of_their_own(self):
        many = FabricSpec(optical_switches=[OpticalSpec(f"ocs-{n}", 4) for n in range(1, 64)])
        addresses = [end for each in FabricPlan(many).optical_switches for end in (each.address, each.gateway)]
        self.assertEqual(len(set(addresses)), 126)
        self.assertEqual(addresses[:2] + addresses[-2:], ["192.0.2.6", "192.0.2.5", "192.0.2.254", "192.0.2.253"])


class Configuration(unittest.TestCase):
    def setUp(self):
        self.body = netcfg.configuration(FabricPlan(SPEC))

    def test_names_the_fabric_port_at_each_fibre(self):
        self.assertEqual(self.body["apps"]["org.cloister"]["fabric"]["fibres"], FIBRES)

    def test_says_how_the_driver_reaches_the_switch(self):
        ocs = self.body["devices"]["ocs:ocs-1"]["ocs"]
        self.assertEqual((ocs["dialect"], ocs["address"], ocs["port"]), ("ocp-gnmi", "192.0.2.6", 9339))
        self.assertTrue(ocs["passwordFile"].endswith("/ocs-1/password"))
        self.assertNotIn("password", ocs)

    def test_ports_with_gaps_are_spans(self):
        spec = FabricSpec(leaves=1, spines=1, hosts=2, optical_switches=[{"name": "o", "ports": 2}],
                          fibres={"o": {"1": "leaf-1/7", "2": "leaf-1/6"}})
        switches = netcfg.configuration(FabricPlan(spec))["apps"]["org.cloister"]["fabric"]["switches"]
        self.assertEqual(switches[0]["fabricPorts"], "3,6-7")


class Refusals(unittest.TestCase):
    def test_names_field_and_value(self):
        for fibres, words in (({"ocs-9": {}}, ("fibres", "ocs-9")), ({"ocs-1": {"5": "leaf-1/4"}}, ("ocs-1/5", "1 to 4")),
                              ({"ocs-1": {"1": "leaf-1"}}, ("ocs-1/1", "'leaf-1'")),
                              ({"ocs-1": {"1": "leaf-3/4"}}, ("ocs-1/1", "leaf-3")),
                              ({"ocs-1": {"1": "leaf-1/2"}}, ("ocs-1/1", "leaf-1/2", "host port")),
                              ({"ocs-1": {"1": "leaf-1/4", "2": "leaf-1/4"}}, ("ocs-1/2", "ocs-1/1"))):
            with self.subTest(fibres):
                self.refuse(words, fibres=fibres)
        self.refuse(("name", "'OCS'"), optical_switches=[{"name": "OCS", "ports": 4}], fibres={})
        self.refuse(("ports", "1"), optical_switches=[{"name": "o", "ports": 1}], fibres={})
        self.refuse(("preset", "'slow'"), optical_switches=[{"name": "o", "ports": 2, "preset": "slow"}], fibres={})

    def refuse(self, words, **wrong):
        with self.assertRaises(ValueError) as refusal:
            FabricSpec(**{**SPEC.to_json(), **wrong})
        for word in words:
            self.assertIn(word, str(refusal.exception))


class Light(unittest.TestCase):
    """Answers as tc and ip of Debian 12 give them."""

    def test_a_redirection_names_where_packets_go(self):
        shown = ('[{"protocol":"all","pref":1,"kind":"u32","chain":0},{"protocol":"all","pref":1,"kind":"u32","chain":0,'
                 '"options":{"fh":"800:","ht_divisor":1}},{"protocol":"all","pref":1,"kind":"u32","chain":0,"options":'
                 '{"fh":"800::800","order":2048,"key_ht":"800","bkt":"0","not_in_hw":true,"match":{"value":"0","mask":"0",'
                 '"offmask":"","off":0},"actions":[{"order":1,"kind":"mirred","mirred_action":"redirect","direction":'
                 '"egress","to_dev":"ocs-1-p5","control_action":{"type":"stolen"},"index":1,"ref":1,"bind":1}]}}]')
        self.assertEqual([light.port_of(to) for to in light.redirections(shown)], [5])

    def test_no_filter_sends_packets_nowhere(self):
        for nothing in ("", "[]", "[ ]\n"):
            self.assertEqual(light.redirections(nothing), [])

    def test_an_interface_that_is_down_is_dark(self):
        self.assertEqual(light.lit('[{"ifname":"ocs-1-p1","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"]},'
                                   '{"ifname":"ocs-1-p2","flags":["BROADCAST","MULTICAST"]}]'), {"ocs-1-p1"})


if __name__ == "__main__":
    unittest.main()
