"""Builds what a phase sends: every attack for every ordered pair it applies to, and slice traffic among it."""
from typing import Dict, List, Tuple

from cloister_lab.handles import Host

from . import frames, marker as markers
from .attacks import CATALOGUE, Case, marked
from .marker import Marker
from .probes import Probe
from .relay import number_of
from .sender import interleave
from .view import View

TRAFFIC_PER_PAIR = 20
# No attack makes this many frames of one probe.
_PER_KIND = 10

Batch = List[Tuple[str, bytes]]


class Arsenal:
    """Frames by sender's name. Built once for phase 0; a phase restamps them."""

    def __init__(self, view: View, devices: Dict[str, str], run: int):
        self._view = view
        self._devices = devices
        self._run = run
        self._standing: Batch = []

    def standing(self) -> Batch:
        """All that needs no probe; senders take turns."""
        if not self._standing:
            batches: Dict[str, Batch] = {host.name: [] for host in self._view.hosts}
            for sender, victim in self._view.pairs_outside():
                batches[sender.name] += self._attacks(sender, victim, inside=False)
            for sender, victim in self._view.pairs_inside():
                batches[sender.name] += self._attacks(sender, victim, inside=True)
                batches[sender.name] += [self._traffic(sender, victim, number) for number in range(TRAFFIC_PER_PAIR)]
            self._standing = interleave(list(batches.values()))
        return self._standing

    def probing(self, victim: Host, probe: Probe) -> Batch:
        """What every other host makes of one probe that ONOS emitted at the victim's port."""
        batch: Batch = []
        for sender in self._view.hosts:
            if sender is not victim:
                case = Case(self._view, sender, victim, [probe], self._devices)
                batch += [(sender.name, frame) for each in CATALOGUE if each.needs_probes
                          for frame in marked(each, case, self._run, number_of(probe) * _PER_KIND)]
        return batch

    def _attacks(self, sender: Host, victim: Host, inside: bool) -> Batch:
        case = Case(self._view, sender, victim, devices=self._devices)
        return [(sender.name, frame) for each in CATALOGUE if not each.needs_probes and (each.inside or not inside)
                for frame in marked(each, case, self._run)]

    def _traffic(self, sender: Host, victim: Host, number: int) -> Tuple[str, bytes]:
        mark = Marker(self._run, 0, markers.TRAFFIC, self._view.index(sender), self._view.index(victim), number)
        packet = frames.udp(frames.ethernet(sender.mac, victim.mac), sender.ip, victim.ip)
        return sender.name, frames.finish(packet, mark.encode())


def restamped(batch: Batch, phase: int) -> Batch:
    return [(point, markers.restamp(frame, phase)) for point, frame in batch]
