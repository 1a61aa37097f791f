"""Measured cases: what happened to the packets of every slice around something that was done to the network."""
import time
import traceback
from contextlib import contextmanager

from cloister_tests.repair import machine
from cloister_tests.repair.streams import Streams


class Case:
    """One thing done to the network, while it is done: whoever does it may say more about it.

    seconds: the time that the repair took, where that is what counts and not the longest gap in the traffic.
    whole, others: the passage of all packets, and of those that the fault is not in;  dropped: see machine.dropped.
    """

    def __init__(self):
        self.seconds = None
        self.more = {}
        self.whole = self.others = self.dropped = None

    def expect_nothing_lost(self):
        """See machine.expect_none_lost."""
        machine.expect_none_lost(self.whole, self.dropped)

    def expect_nothing_lost_of_others(self):
        """The same for the slices that the fault is not in."""
        machine.expect_none_lost(self.others, self.dropped, "packets of the other slices")


class Watch:
    """Traffic in every slice, cases one after another, and the figures of each.

        with Watch(edges, figures) as watch:
            watch.attempt("a rule deleted", rule_deleted, lab, watch)
        watch.judge()

    edges:   {slice: [(source, destination), ...]}
    figures: filled with {case: {"millis", "packetsLost", "packetsSent", ...}}
    """

    def __init__(self, edges, figures):
        self._streams = Streams(edges)
        self._receivers = [destination for pairs in edges.values() for _, destination in pairs]
        self._figures = figures
        self._failures = []

    def __enter__(self):
        self._streams.__enter__()
        self._began = self._streams.now()
        self._dropped = machine.dropped(self._receivers)
        return self

    def __exit__(self, *reason):
        return self._streams.__exit__(*reason)

    def attempt(self, name, check, *arguments):
        """Runs a check; one that fails does not keep the next from running, see judge."""
        began = time.monotonic()
        try:
            check(*arguments)
            outcome = "passed"
        except Exception as failure:
            traceback.print_exc()
            self._failures.append(f"{name}: {type(failure).__name__}: {failure}")
            outcome = f"FAILED: {failure}"
        print(f"    {name} ({time.monotonic() - began:.1f} s): {outcome}", flush=True)

    def judge(self):
        """Raises AssertionError with everything that went wrong."""
        if self._failures:
            raise AssertionError("; ".join(self._failures))

    @contextmanager
    def case(self, name, before, after, affected=(), counted=lambda slice_name, source, destination: True):
        """Measures from some seconds before the block to some after it, and writes the figures down.

        Time before the block may be time after an earlier one: traffic does not pause in between.

        affected: slices that the fault is in; all others are "others" in the figures.
        counted:  which streams belong to the case at all.
        """
        self._wait_until(self._began + _nanos(before))
        case, start = Case(), self._streams.now() - _nanos(before)
        yield case
        end = self._streams.now() + _nanos(after)
        case.whole = self._streams.passage(start, end, counted)
        case.others = self._streams.passage(start, end, lambda slice_name, source, destination:
                                            slice_name not in affected and counted(slice_name, source, destination))
        before, self._dropped = self._dropped, machine.dropped(self._receivers)
        case.dropped = case.more["machineDropped"] = machine.between(before, self._dropped)
        self._figures[name] = _figures(case, start)
        print(f"      {name}: {self._figures[name]}", flush=True)

    @staticmethod
    def let_pass(seconds):
        """Traffic in the state that a fault has brought about."""
        time.sleep(seconds)

    def _wait_until(self, moment):
        time.sleep(max(0.0, (moment - self._streams.now()) / 1e9))


def _figures(case, start):
    whole, others = case.whole, case.others
    millis = whole.gap_millis if case.seconds is None else case.seconds * 1000
    figures = {"millis": round(millis, 1), "packetsLost": whole.lost, "packetsSent": whole.sent,
               "packetsDuplicated": whole.duplicated, "packetsReordered": whole.reordered,
               "longestGapMillis": round(whole.gap_millis, 1),
               "others": {"packetsLost": others.lost, "packetsSent": others.sent,
                          "longestGapMillis": round(others.gap_millis, 1)}}
    if whole.lost:
        figures["lostBetweenSeconds"] = [round((moment - start) / 1e9, 3) for moment in (whole.lost_from, whole.lost_to)]
    return {**figures, **case.more}


def _nanos(seconds):
    return round(seconds * 1e9)
