import time
import unittest
from types import SimpleNamespace

from cloister_tests import scenario
from cloister_tests.lightrestarts import kills, moves
from cloister_tests.lightrestarts.sampler import Sampler

MADE, OTHER = ("ocs-1", 3, 5), ("ocs-1", 4, 6)


class Outcomes(unittest.TestCase):
    def test_only_what_has_ended_has_an_outcome(self):
        self.assertEqual([moves.outcome(phase) for phase in ("ACTIVE", "ESTABLISHED", "FAILED", "TUNING", "BROKEN", None)],
                         [moves.COMPLETED, moves.COMPLETED, moves.ROLLED_BACK, None, None, None])


class LeftUndone(unittest.TestCase):
    QUIET = {"ocs-1": None}

    def wrong(self, end, circuits, pending=QUIET):
        return "; ".join(moves.left_undone({"m": (end, frozenset({MADE}))}, frozenset(circuits), pending))

    def test_completed_with_its_light_and_rolled_back_without(self):
        self.assertEqual(self.wrong(moves.COMPLETED, [MADE]) + self.wrong(moves.ROLLED_BACK, [OTHER]), "")

    def test_completed_without_its_light(self):
        self.assertIn("m is completed without [('ocs-1', 3, 5)]", self.wrong(moves.COMPLETED, [OTHER]))

    def test_rolled_back_with_its_light(self):
        self.assertIn("m is rolled back, and [('ocs-1', 3, 5)]", self.wrong(moves.ROLLED_BACK, [MADE]))

    def test_what_another_move_has_made_is_its_own(self):
        ended = {"a": (moves.ROLLED_BACK, frozenset({MADE})), "b": (moves.COMPLETED, frozenset({MADE}))}
        self.assertEqual(moves.left_undone(ended, frozenset({MADE}), self.QUIET), [])

    def test_a_change_that_nobody_confirms(self):
        self.assertIn("ocs-1: change 7 waits", self.wrong(moves.COMPLETED, [MADE], {"ocs-1": "7"}))


class Sampling(unittest.TestCase):
    def sampled(self, circuits):
        fabric = SimpleNamespace(optical_switches={"ocs-1": SimpleNamespace(circuits=circuits)})
        with Sampler(fabric, [MADE]) as sampler:
            deadline = time.monotonic() + 60
            while sampler.samples < 1 and sampler._thread.is_alive() and time.monotonic() < deadline:
                time.sleep(0.001)
        return sampler

    def test_a_circuit_that_stays_and_one_that_goes(self):
        self.assertEqual(self.sampled(lambda: {(3, 5)}).changed, {})
        self.assertGreaterEqual(self.sampled(lambda: {(4, 6)}).changed[MADE], 1)

    def test_what_cannot_be_read_is_no_proof(self):
        def broken():
            raise OSError("no tc")
        with self.assertRaisesRegex(RuntimeError, "no tc"):
            self.sampled(broken)


class Scenario(unittest.TestCase):
    def test_its_kills_are_known(self):
        step, = scenario.load("circuit-restarts").steps
        self.assertEqual(set(step.parameters["kills"]), set(kills.ALL))


if __name__ == "__main__":
    unittest.main()
