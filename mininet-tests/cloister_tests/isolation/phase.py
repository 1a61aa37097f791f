"""What one phase showed: one run of all attacks under one set of rules."""
from typing import Dict, List, Sequence, Tuple

from . import marker as markers
from .attacks import CATALOGUE, Attack
from .tally import PhaseTally


class PhaseResult:
    """``sent`` and ``leaked`` count attacks only, not the slices' own traffic.

    raw: frames handed to the senders' stacks;  unjudged, lost, short_ports: see ``doubts``.
    """

    def __init__(self, raw: int, tally: PhaseTally, unjudged: Dict[str, int], lost: Dict[str, int],
                 short_ports: Sequence[str]):
        self._raw = raw
        self._tally = tally
        self._unjudged = unjudged
        self._lost = lost
        self._short_ports = list(short_ports)

    def sent(self, each: Attack) -> int:
        """Frames that entered the fabric at a switch port."""
        return len(self._tally.entered[each.number])

    def leaked(self, each: Attack) -> int:
        """Frames that reached at least one host that should not have seen them."""
        return len(self._tally.leaked[each.number])

    @property
    def frames_sent(self) -> int:
        return sum(self.sent(each) for each in CATALOGUE)

    @property
    def frames_leaked(self) -> int:
        """Attack frames that leaked, and frames of the slices' own traffic that reached anybody else."""
        return sum(self.leaked(each) for each in CATALOGUE) + self.traffic_leaked

    @property
    def traffic(self) -> Tuple[int, int]:
        """Frames of slice traffic: sent, delivered to their receiver."""
        return len(self._tally.entered[markers.TRAFFIC]), len(self._tally.delivered)

    @property
    def traffic_leaked(self) -> int:
        return len(self._tally.leaked[markers.TRAFFIC])

    @property
    def examples(self) -> List[str]:
        return self._tally.examples

    def leaks(self) -> Dict[str, int]:
        """Leaked frames by attack, without those that did not leak."""
        return {each.name: self.leaked(each) for each in CATALOGUE if self.leaked(each)}

    def doubts(self) -> List[str]:
        """Why the counts of this phase cannot be relied on; empty when they can."""
        entered = self._tally.frames_entered()
        found = [f"capture at {point} lost {count} frames" for point, count in self._lost.items()]
        found += [f"{leaf}: {count} frames that came in were never looked up" for leaf, count in self._unjudged.items()]
        found += self._short_ports
        if entered != self._raw:
            found.append(f"{self._raw} frames sent, {entered} seen at the switches' ports")
        return found
