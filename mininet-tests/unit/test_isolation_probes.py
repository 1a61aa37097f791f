import unittest

from cloister_tests.isolation import probes

DEVICE = "of:0000000000000011"


class Reading(unittest.TestCase):
    def test_reads_what_onos_emits(self):
        for kind in (probes.LLDP, probes.BDDP):
            probe = probes.read(probes.sample(DEVICE, 12, kind).frame)
            self.assertEqual((probe.ethertype, probe.device, probe.port), (kind, DEVICE, 12))

    def test_other_frames_are_no_probes(self):
        foreign = probes.sample(DEVICE, 1).frame.replace(b"ONOS Discovery", b"Some Discovery")
        cut = probes.sample(DEVICE, 1).frame[:30]
        for frame in (b"\xff" * 12 + b"\x08\x00" + b"\x00" * 40, foreign, cut):
            self.assertIsNone(probes.read(frame))


class Forging(unittest.TestCase):
    def test_a_relayed_probe_is_what_it_was(self):
        original = probes.sample(DEVICE, 3)
        self.assertEqual(probes.relayed(original._replace(frame=original.frame + b"\x00" * 9)), original.frame)

    def test_a_forged_probe_names_another_port(self):
        other = "of:0000000000000021"
        frame = probes.forged(probes.sample(DEVICE, 3), probes.chassis_of(other), other, 7, source=b"\x02" * 6)
        probe = probes.read(frame)
        self.assertEqual((probe.device, probe.port), (other, 7))
        self.assertEqual(frame[6:12], b"\x02" * 6)
        self.assertIn(b"\x02\x07\x04" + bytes.fromhex("000000000021"), frame)
