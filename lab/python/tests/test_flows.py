import unittest

from cloister_lab.flows import parse_flows, parse_meters

DUMP = """OFPST_FLOW reply (OF1.3) (xid=0x2):
 cookie=0x10000a1, duration=9.1s, table=0, n_packets=2, n_bytes=1556, send_flow_rem priority=50000,ip,in_port=1,vlan_tci=0x0000/0x1000,dl_src=02:00:00:00:01:01,nw_src=10.0.1.1 actions=push_vlan:0x8100,set_field:4196->vlan_vid,goto_table:1
 cookie=0x0, duration=9.1s, table=2, n_packets=0, n_bytes=0, reset_counts actions=drop
"""

METERS = """OFPST_METER_CONFIG reply (OF1.3) (xid=0x2):
meter=1 kbps burst stats bands=
type=drop rate=100000 burst_size=25000

meter=3 pktps bands=
type=drop rate=10
"""


class Parsing(unittest.TestCase):
    def test_reads_the_rule_and_its_counters(self):
        flow = parse_flows(DUMP)[0]
        self.assertEqual((flow.table, flow.priority, flow.cookie, flow.packets, flow.bytes), (0, 50000, 0x10000a1, 2, 1556))
        self.assertEqual(flow.actions, "push_vlan:0x8100,set_field:4196->vlan_vid,goto_table:1")
        self.assertEqual(flow.fields, {"ip": True, "in_port": "1", "vlan_tci": "0x0000/0x1000",
                                       "dl_src": "02:00:00:00:01:01", "nw_src": "10.0.1.1"})

    def test_a_rule_without_match_has_the_default_priority(self):
        self.assertEqual(parse_flows(DUMP)[1].key, (2, 32768, "", "drop"))

    def test_reads_meters_by_their_numbers(self):
        self.assertEqual({1: "kbps burst stats bands= type=drop rate=100000 burst_size=25000",
                          3: "pktps bands= type=drop rate=10"}, parse_meters(METERS))
        self.assertEqual({}, parse_meters("OFPST_METER_CONFIG reply (OF1.3) (xid=0x2):\n"))


if __name__ == "__main__":
    unittest.main()
