import unittest

from cloister_tests.isolation import flowtext

DUMP = """OFPST_FLOW reply (OF1.3) (xid=0x2):
 cookie=0x10000a1, duration=9.1s, table=0, n_packets=2, n_bytes=1556, send_flow_rem priority=50000,ip,in_port=1,vlan_tci=0x0000/0x1fff,dl_src=02:00:00:00:01:01,nw_src=10.0.1.1 actions=push_vlan:0x8100,set_field:4196->vlan_vid,goto_table:1
 cookie=0x10000a2, duration=9.1s, table=0, n_packets=2, n_bytes=1556, send_flow_rem priority=50000,arp,in_port=1,vlan_tci=0x0000/0x1fff,dl_src=02:00:00:00:01:01,arp_spa=10.0.1.1,arp_sha=02:00:00:00:01:01 actions=push_vlan:0x8100,set_field:4196->vlan_vid,goto_table:1
 cookie=0x10000a3, duration=9.1s, table=0, n_packets=0, n_bytes=0, send_flow_rem priority=50000,in_port=5,dl_vlan=100 actions=goto_table:1
 cookie=0x10000a4, duration=9.1s, table=0, n_packets=0, n_bytes=0, send_flow_rem priority=50000,in_port=6,dl_vlan=100 actions=goto_table:1
 cookie=0x10000a5, duration=9.1s, table=0, n_packets=0, n_bytes=0, send_flow_rem priority=45000,in_port=1 actions=drop
 cookie=0x10000a6, duration=9.1s, table=1, n_packets=0, n_bytes=0, send_flow_rem priority=30000,ip,dl_vlan=100,nw_dst=10.0.1.1 actions=pop_vlan,set_field:02:00:00:00:01:01->eth_dst,output:1
 cookie=0x0, duration=9.1s, table=2, n_packets=0, n_bytes=0, reset_counts actions=drop
"""
FLOWS = flowtext.parse(DUMP)


def without(condition):
    return flowtext.without(FLOWS, flowtext.CONDITIONS[condition])


class Parsing(unittest.TestCase):
    def test_a_line_written_again_says_the_same(self):
        self.assertEqual(FLOWS[0].line(),
                         "cookie=0x10000a1,send_flow_rem,table=0,priority=50000,ip,in_port=1,vlan_tci=0x0000/0x1fff,"
                         "dl_src=02:00:00:00:01:01,nw_src=10.0.1.1 "
                         "actions=push_vlan:0x8100,set_field:4196->vlan_vid,goto_table:1")
        self.assertEqual(flowtext.parse("\n".join(flow.line() for flow in FLOWS)), FLOWS)

    def test_a_rule_without_priority_has_the_default(self):
        self.assertEqual(FLOWS[-1].priority, 32768)


class Removing(unittest.TestCase):
    def test_each_condition_goes_from_every_admit_rule_and_nothing_else_does(self):
        gone = {"in_port": ("in_port=",), "tag": ("vlan_tci=", "dl_vlan="), "mac": ("dl_src=",), "ipv4": ("nw_src=",),
                "arp": ("arp_spa=", "arp_sha=")}
        self.assertEqual(set(gone), set(flowtext.CONDITIONS))
        for condition, prefixes in gone.items():
            for flow in without(condition):
                if flow.is_admit:
                    self.assertFalse([word for word in flow.match if word.startswith(prefixes)], condition)
            left = {word for flow in without(condition) for word in flow.match}
            kept = {word for flow in FLOWS for word in flow.match if not word.startswith(prefixes)}
            self.assertLessEqual(kept, left, condition)

    def test_rules_that_admit_nothing_stay_as_they_are(self):
        for condition in flowtext.CONDITIONS:
            self.assertEqual([flow for flow in without(condition) if not flow.is_admit], FLOWS[4:])

    def test_rules_that_became_one_are_one(self):
        self.assertEqual(sum(flow.match == ("dl_vlan=100",) for flow in without("in_port")), 1)

    def test_a_condition_that_no_admit_rule_has_is_refused(self):
        with self.assertRaisesRegex(ValueError, "arp_spa"):
            flowtext.without([flow for flow in FLOWS if "arp" not in flow.match], flowtext.CONDITIONS["arp"])
