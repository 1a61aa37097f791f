import unittest
from types import SimpleNamespace

from cloister_tests.repair import machine

SS = '''p_raw 0 0 *:leaf-1-p2 * users:(("ovs-vswitchd",pid=7,fd=41)) skmem:(r0,rb4194304,t0,tb67108864,f0,w0,o176,bl0,d7)
p_raw 0 0 *:leaf-1-p1 * users:(("ovs-vswitchd",pid=7,fd=42)) skmem:(r0,rb4194304,t0,tb67108864,f0,w0,o176,bl0,d30)
p_raw 0 0 *:eth0 * users:(("tcpdump",pid=9,fd=4)) skmem:(r0,rb212992,t0,tb212992,f0,w0,o0,bl0,d500)
'''
SOFTNET = "038859a6 00000010 000000b6 00000000\n035f8222 00000002 000000d1 00000000\n"
UDP = '''   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  31: 0101000A:1B56 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12 2 0 4
  40: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 13 2 0 900
'''


class Drops(unittest.TestCase):
    def test_counts_the_switches_own_sockets_only(self):
        self.assertEqual(37, machine._at_switch_ports(SS))

    def test_adds_up_all_processors(self):
        self.assertEqual(0x12, machine._at_processors(SOFTNET))

    def test_counts_the_measurements_own_receiver_only(self):
        self.assertEqual(4, machine._at_receiver(UDP))

    def test_what_the_machine_did_not_drop_was_lost_by_the_network(self):
        dropped = {"switchPorts": 3, "processors": 0, "receivers": 1}
        self.assertEqual([0, 0, 2], [machine.beyond(lost, dropped) for lost in (0, 4, 6)])

    def test_nothing_is_lost_where_the_machine_dropped_as_much(self):
        machine.expect_none_lost(SimpleNamespace(lost=4, sent=9), {"switchPorts": 3, "receivers": 1})
        with self.assertRaisesRegex(AssertionError, "^5 of 9 packets lost, late; by the machine: .*3"):
            machine.expect_none_lost(SimpleNamespace(lost=5, sent=9), {"switchPorts": 3, "receivers": 1}, when=", late")


if __name__ == "__main__":
    unittest.main()
