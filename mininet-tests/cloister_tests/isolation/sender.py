"""Sends frames out of hosts' interfaces as they are, evenly paced."""
import errno
import socket
import time
from typing import Dict, Iterable, List, Optional, Sequence, Tuple

from .netns import socket_in

_TICK_SECONDS = 0.002
_RETRY_SECONDS = 2.0


class Sender:
    """Raw sockets, one per host; frames go out in the order given."""

    def __init__(self) -> None:
        self._sockets: Dict[str, socket.socket] = {}

    def add(self, point: str, pid: Optional[int], interface: str) -> None:
        """Opens ``interface`` in the namespace of ``pid`` for sending; protocol 0: nothing is received here."""
        if point in self._sockets:
            raise ValueError(f"sender: {point} is open already")
        sock = socket_in(pid, lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0))
        sock.bind((interface, 0))
        self._sockets[point] = sock

    def send(self, frames: Iterable[Tuple[str, bytes]], per_second: int) -> int:
        """Sends (point, frame) pairs at ``per_second`` on average in bursts of a tick's worth; returns how many."""
        if per_second <= 0:
            raise ValueError(f"per_second: {per_second}, expected more than 0")
        began = time.monotonic()
        sent = 0
        for point, frame in frames:
            ahead = sent / per_second - (time.monotonic() - began)
            if ahead > _TICK_SECONDS:
                time.sleep(ahead)
            self._send(point, frame)
            sent += 1
        return sent

    def _send(self, point: str, frame: bytes) -> None:
        deadline = time.monotonic() + _RETRY_SECONDS
        while True:
            try:
                self._sockets[point].send(frame)
                return
            except OSError as failure:
                if failure.errno not in (errno.ENOBUFS, errno.EAGAIN) or time.monotonic() >= deadline:
                    raise OSError(failure.errno, f"sending {len(frame)} bytes from {point}: {failure.strerror}") from failure
                time.sleep(_TICK_SECONDS)

    def close(self) -> None:
        for sock in self._sockets.values():
            sock.close()


def interleave(batches: Sequence[Sequence[Tuple[str, bytes]]]) -> List[Tuple[str, bytes]]:
    """Merges the batches of several senders in turn, so that no switch port gets all its frames at once."""
    merged: List[Tuple[str, bytes]] = []
    for turn in range(max((len(batch) for batch in batches), default=0)):
        merged.extend(batch[turn] for batch in batches if turn < len(batch))
    return merged
