"""Sequence-numbered UDP between hosts at a fixed rate, from entering a block to leaving it."""
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from cloister_lab import waiting
from cloister_lab.marks import HOST_VARIABLE
from cloister_tests.repair import endpoint, passage
from cloister_tests.repair.ledger import Ledger

PER_SECOND = 1_000
# Longer than any step may take.
MOST_SECONDS = 900
START_SECONDS = 30
# From a packet's sending to the moment from which on it counts as lost.
ON_THEIR_WAY_SECONDS = 1.0
# As much later where nothing of its stream that was sent afterwards has arrived either: a stream keeps its order, so the
# machine may have stood still, and a packet that waits is not lost.
CATCH_UP_SECONDS = 5.0


class Streams:
    """One stream per edge. Entering takes until of each something has arrived: hosts ask for each other's address first,
    and what waits for the answer has little room.

    slices: {name: [(source, destination), ...]}, hosts of the fabric. A host may be the destination of one stream only.
    """

    def __init__(self, slices):
        self.edges = [(name, source, destination) for name, edges in slices.items() for source, destination in edges]
        self._stack = ExitStack()

    def __enter__(self):
        with ExitStack() as stack:
            directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="cloister-streams-"))
            self._ledger = Ledger(os.path.join(directory, "ledger"), len(self.edges), MOST_SECONDS * PER_SECOND)
            order = {"ledger": self._ledger.path, "capacity": self._ledger.capacity, "perSecond": PER_SECOND,
                     "run": int.from_bytes(os.urandom(7), "big"),
                     "streams": [{"source": source.pid, "destination": destination.pid, "address": destination.ip}
                                 for _, source, destination in self.edges]}
            self._processes = [_start(stack, role, order) for role in ("receive", "send")]
            waiting.until(lambda: self._silent(range(len(self.edges))), START_SECONDS)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._stack.close()

    @staticmethod
    def now():
        """A point in time to begin or end a window with."""
        return time.time_ns()

    def passage(self, start, end, chosen=lambda name, source, destination: True):
        """What became of the packets sent in a window, of the streams that chosen(slice, source, destination) takes.

        Waits until the last of them counts as lost or arrived. Raises RuntimeError where a process of this has ended.
        """
        numbers = [number for number, edge in enumerate(self.edges) if chosen(*edge)]
        time.sleep(max(0.0, (end - self.now()) / 1e9 + ON_THEIR_WAY_SECONDS))
        deadline = time.monotonic() + CATCH_UP_SECONDS
        while self._silent(numbers, end) and time.monotonic() < deadline:
            time.sleep(0.05)
        for process in self._processes:
            if process.poll() is not None:
                raise RuntimeError(f"{process.args[-1]}: ended by itself with {process.returncode}")
        return sum((passage.of(self._ledger.record(number), start, end) for number in numbers), passage.NOTHING)

    def _silent(self, numbers, moment=0):
        """The streams of which nothing has arrived that was sent since a moment, in words."""
        return ", ".join(f"nothing arrived from {self.edges[number][1].name} at {self.edges[number][2].name}"
                         for number in numbers if not passage.has_come_since(self._ledger.record(number), moment))


def _start(stack, role, order):
    # marked as the fabric's: what sweeps the fabric ends it, should this process be killed before it can
    process = subprocess.Popen([sys.executable, str(Path(endpoint.__file__)), role], text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env={**os.environ, HOST_VARIABLE: "streams"})
    stack.callback(_end, process)
    process.stdin.write(json.dumps(order))
    process.stdin.close()
    if process.stdout.readline().strip() != "ready":
        raise RuntimeError(f"streams: the process to {role} did not start")
    return process


def _end(process):
    process.kill()
    process.wait(START_SECONDS)
    process.stdout.close()
