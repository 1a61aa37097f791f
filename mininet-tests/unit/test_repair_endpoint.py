import os
import tempfile
import time
import unittest
from unittest import mock

from cloister_tests.repair import endpoint, packet, passage
from cloister_tests.repair.ledger import Ledger

RUN = 0x1234567


class Wire:
    """A socket to send with: what is put in comes out at the receiver as often as wanted."""

    def __init__(self, deliver):
        self.deliver = deliver

    def sendto(self, payload, target):
        self.deliver(bytes(payload))


class Clock:
    """Time that passes while somebody sleeps, and only then: not on a machine that is busy with something else."""

    def __init__(self):
        self._now = 1_000_000_000

    def sleep(self, seconds):
        self._now += round(seconds * 1e9)

    def time_ns(self):
        return self._now

    monotonic_ns = time_ns


class BothEnds(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.path = os.path.join(scratch.name, "ledger")
        self.highest = [-1, -1]

    def ledger(self, capacity):
        return Ledger(self.path, 2, capacity)

    def arrived(self, ledger, stream, payload, run=RUN):
        endpoint._arrived(ledger, run, stream, self.highest, packet.read(payload), time.time_ns())

    def test_what_is_sent_and_arrives_is_in_the_ledger_of_whoever_maps_it(self):
        ours, theirs = self.ledger(50), self.ledger(50)
        lost = iter(range(100))
        ways = [(Wire(lambda payload: next(lost) == 7 or self.arrived(theirs, 0, payload)), None),
                (Wire(lambda payload: self.arrived(theirs, 1, payload)), None)]
        start = time.time_ns()
        endpoint._send(ours, RUN, ways, per_second=2000)
        end = time.time_ns()
        reader = self.ledger(50)
        self.assertEqual([(50, 1), (50, 0)],
                         [(seen.sent, seen.lost) for seen in (passage.of(reader.record(n), start, end) for n in (0, 1))])

    def test_the_rate_holds_over_ticks_that_were_missed(self):
        def stall(_):
            if ledger.sent[5] and not ledger.sent[6]:
                clock.sleep(0.02)
        ledger, clock = self.ledger(40), Clock()
        start = clock.time_ns()
        with mock.patch.object(endpoint, "time", clock):
            endpoint._send(ledger, RUN, [(Wire(stall), None)], per_second=1000)
        self.assertLessEqual(clock.time_ns() - start, 40_000_000)
        self.assertTrue(all(ledger.sent[:40]))

    def test_copies_and_late_ones_are_told_apart(self):
        ledger = self.ledger(10)
        for sequence in (0, 2, 1, 2):
            payload = packet.template(RUN)
            packet.fill(payload, RUN, 0, sequence)
            self.arrived(ledger, 0, payload)
        self.assertEqual([1, 1, 2], list(ledger.copies[:3]))
        self.assertEqual([0, 1, 0], list(ledger.late[:3]))

    def test_strangers_do_not_count(self):
        ledger = self.ledger(10)
        payload = packet.template(RUN)
        packet.fill(payload, RUN, 1, 3)
        self.arrived(ledger, 0, payload)
        self.arrived(ledger, 1, payload, run=RUN + 1)
        self.arrived(ledger, 0, b"short")
        packet.fill(payload, RUN, 0, 10)
        self.arrived(ledger, 0, payload)
        self.assertFalse(any(ledger.received))


if __name__ == "__main__":
    unittest.main()
