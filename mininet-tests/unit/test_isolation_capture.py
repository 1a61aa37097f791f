import struct
import unittest

from cloister_tests.isolation.capture import with_tag
from cloister_tests.isolation.reach import rounds
from cloister_tests.isolation.sender import interleave
from unit.isolation_fixture import view

FRAME = bytes(range(12)) + b"\x08\x00" + b"\x45" * 20


def auxdata(status, tci=0, tpid=0):
    return struct.pack("=IIIHHHH", status, 60, 60, 0, 0, tci, tpid)


class Tags(unittest.TestCase):
    def test_a_tag_comes_back_to_where_it_was(self):
        self.assertEqual(with_tag(FRAME, auxdata(0x10 | 0x40, 0x2064, 0x88A8)),
                         FRAME[:12] + bytes.fromhex("88a82064") + FRAME[12:])

    def test_a_priority_tag_is_a_tag_too(self):
        self.assertEqual(with_tag(FRAME, auxdata(0x10 | 0x40, 0, 0x8100))[12:16], bytes.fromhex("81000000"))

    def test_an_untagged_frame_stays_as_it_is(self):
        self.assertEqual(with_tag(FRAME, auxdata(0)), FRAME)


class Order(unittest.TestCase):
    def test_senders_take_turns(self):
        self.assertEqual(interleave([[1, 2, 3], [], [4]]), [1, 4, 2, 3])

    def test_no_round_lets_a_host_know_whom_it_asks_for(self):
        everyone = view()
        turns = rounds(everyone)
        self.assertCountEqual([pair for turn in turns for pair in turn], everyone.pairs_inside())
        for turn in turns:
            askers = [asker.name for asker, _ in turn]
            self.assertEqual(len(askers), len(set(askers)))
            self.assertFalse([pair for pair in turn if pair[::-1] in turn])
