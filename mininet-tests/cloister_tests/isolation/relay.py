"""Relays ONOS's probes: stock ONOS refuses one that is older than a second, so they are sent on as they are captured."""
import queue
import threading
import time
from typing import Dict, Iterator, List, Tuple

from cloister_lab.handles import Host

from . import probes
from .probes import Probe

KINDS = (probes.LLDP, probes.BDDP)


class ProbeFeed:
    """The probes that ONOS emits at hosts' ports: the last of each kind, and fresh ones as they come."""

    def __init__(self) -> None:
        self._last: Dict[Tuple[str, int], Tuple[Host, Probe]] = {}
        self._fresh: "queue.Queue[Tuple[Host, Probe]]" = queue.Queue()
        self._wanted = threading.Event()

    def captured(self, receiver: Host, frame: bytes) -> None:
        """Called on the capture's thread with every probe for the port that it arrived at."""
        probe = probes.read(frame)
        self._last[receiver.name, probe.ethertype] = receiver, probe
        if self._wanted.is_set():
            self._fresh.put((receiver, probe))

    def stored(self) -> List[Tuple[Host, Probe]]:
        """The last probe of each kind at each host."""
        return [seen for _, seen in sorted(self._last.items(), key=lambda item: item[0])]

    def fresh(self, seconds: float) -> Iterator[Tuple[Host, Probe]]:
        """Yields probes as they are captured, for so long."""
        deadline = time.monotonic() + seconds
        while not self._fresh.empty():
            self._fresh.get_nowait()
        self._wanted.set()
        try:
            while (left := deadline - time.monotonic()) > 0:
                yield self._fresh.get(timeout=left)
        except queue.Empty:
            return
        finally:
            self._wanted.clear()

    def one_of_each(self, hosts: int, seconds: float) -> Iterator[Tuple[Host, Probe]]:
        """Yields each kind of probe of each host's port once, fresh; ends early with the last of them."""
        done = set()
        for receiver, probe in self.fresh(seconds):
            key = receiver.name, probe.ethertype
            if key not in done:
                done.add(key)
                yield receiver, probe
            if len(done) == hosts * len(KINDS):
                return


def number_of(probe: Probe) -> int:
    """The kind's place, for numbering frames."""
    return KINDS.index(probe.ethertype)
