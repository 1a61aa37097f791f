"""Counts what was sent and what arrived where it should not, per phase and attack."""
from collections import Counter, defaultdict
from typing import Callable, Dict, List, Optional, Set, Tuple

from cloister_lab.topology import PlannedHost

from . import marker as markers
from .judge import Judge, Verdict
from .view import View

# A report shows this many leaked frames; they are all counted.
EXAMPLES = 20


class PhaseTally:
    """One phase. A frame that leaks to several hosts is one leaked frame."""

    def __init__(self) -> None:
        self.entered: Dict[int, Set[Tuple[int, int, int]]] = defaultdict(set)
        self.leaked: Dict[int, Set[Tuple[int, int, int]]] = defaultdict(set)
        self.delivered: Set[Tuple[int, int, int]] = set()
        self.examples: List[str] = []

    def frames_entered(self) -> int:
        return sum(len(seen) for seen in list(self.entered.values()))

    def frames_arrived(self) -> int:
        return len(self.delivered) + sum(len(seen) for seen in list(self.leaked.values()))


class Tally:
    """Sinks for a capture; everything here but ``phase`` runs on the capture's thread.

    Frames of other runs are ignored: they cannot be of this experiment. Frames without a marker count as strays
    unless a kernel of the same slice sent them; only the phases with Cloister's rules ask for strays.
    """

    def __init__(self, view: View, judge: Judge, run: int, on_probe: Optional[Callable[[PlannedHost, bytes], None]] = None):
        self._view = view
        self._judge = judge
        self._run = run
        self._on_probe = on_probe
        self.phases: Dict[int, PhaseTally] = {}
        self.strays: Counter = Counter()
        self.probes = 0
        self.watch_strays = False

    def phase(self, number: int) -> PhaseTally:
        """The tally of a phase, made at the first call: by whoever sends, before anything can arrive."""
        return self.phases.setdefault(number, PhaseTally())

    def at_switch(self, point: str, frame: bytes) -> None:
        """A frame that entered the fabric at a host's port."""
        marker = markers.find(frame)
        if marker is not None and marker.run == self._run:
            self.phase(marker.phase).entered[marker.attack].add(marker[3:])

    def at_host(self, point: str, frame: bytes) -> None:
        """A frame that arrived at the host named ``point``."""
        receiver = self._view.by_name[point]
        marker = markers.find(frame)
        if marker is not None and marker.run != self._run:
            marker = None
        verdict = self._judge.verdict(receiver, frame, marker)
        if marker is None:
            self._unmarked(receiver, frame, verdict)
            return
        phase = self.phase(marker.phase)
        if verdict is Verdict.RIGHTFUL:
            if marker.attack == markers.TRAFFIC:
                phase.delivered.add(marker[3:])
            return
        phase.leaked[marker.attack].add(marker[3:])
        if len(phase.examples) < EXAMPLES:
            phase.examples.append(f"{self._view.hosts[marker.sender].name} -> {self._view.hosts[marker.victim].name} "
                                  f"attack {marker.attack} number {marker.sequence} seen at {point}: {frame[:42].hex()}")

    def _unmarked(self, receiver: PlannedHost, frame: bytes, verdict: Verdict) -> None:
        if verdict is Verdict.PROBE:
            self.probes += 1
            if self._on_probe:
                self._on_probe(receiver, frame)
        elif verdict is Verdict.LEAK and self.watch_strays:
            self.strays[f"{receiver.name}: {frame[:42].hex()}"] += 1
