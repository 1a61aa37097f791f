import unittest

from scapy.layers.inet import ICMP, TCP, UDP
from scapy.layers.l2 import Ether

from cloister_tests.isolation import frames, marker
from cloister_tests.isolation.marker import Marker

MARK = Marker(run=0xCAFE0001, phase=0, attack=7, sender=3, victim=11, sequence=2)
LINK = ("02:00:00:00:01:01", "02:00:00:00:02:01")


class Codec(unittest.TestCase):
    def test_is_found_anywhere_in_a_frame(self):
        self.assertEqual(marker.find(b"\x00" * 42 + MARK.encode() + b"trailer"), MARK)

    def test_a_frame_without_marker_or_with_a_cut_or_damaged_one_has_none(self):
        whole = MARK.encode()
        damaged = whole[:9] + b"\x55" + whole[10:]
        for frame in (b"\x00" * 60, b"\x00" * 14 + whole[:-1], b"\x00" * 14 + damaged):
            self.assertIsNone(marker.find(frame))

    def test_a_frame_without_marker_cannot_be_restamped(self):
        with self.assertRaisesRegex(ValueError, "without marker"):
            marker.restamp(b"\x01" * 60, 3)


class Restamping(unittest.TestCase):
    def test_changes_the_phase_alone(self):
        again = marker.find(marker.restamp(b"\x00" * 14 + MARK.encode(), 9))
        self.assertEqual(again, MARK._replace(phase=9))

    def test_leaves_every_checksum_right(self):
        builders = {UDP: frames.udp, TCP: frames.tcp, ICMP: frames.icmp}
        for tags in ((), (100,), (100, 101)):
            for layer, build in builders.items():
                frame = frames.finish(build(frames.ethernet(*LINK, *tags), "10.0.1.1", "10.0.2.1"), MARK.encode())
                stamped = Ether(marker.restamp(frame, 0x1234))
                written = stamped[layer].chksum
                del stamped[layer].chksum
                with self.subTest(layer=layer.__name__, tags=tags):
                    self.assertEqual(Ether(bytes(stamped))[layer].chksum, written)
