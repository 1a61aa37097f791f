"""TCP between neighbours in rank order of every slice, through the hosts' own stacks, while attacks run."""
import select
import socket
import threading
import time
from typing import List, Tuple

from .netns import socket_in
from .view import View

PORT = 5599
_CHUNK = b"\x5a" * 4096
_PAUSE_SECONDS = 0.01
_CONNECT_SECONDS = 10.0


class Load:
    """One stream from each member to the next, paced; ``received`` has each stream's bytes at its receiver."""

    def __init__(self, view: View):
        self._pairs: List[Tuple[str, str]] = []
        self._senders: List[socket.socket] = []
        self._receivers: List[socket.socket] = []
        self.received: List[int] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="load", daemon=True)
        for each in view.slices:
            members = [view.by_name[name] for name in each.members]
            for source, sink in zip(members, members[1:] + members[:1]):
                self._open(source, sink)
        self.received = [0] * len(self._pairs)

    def _open(self, source, sink) -> None:
        with socket_in(sink.pid, lambda: socket.create_server((sink.ip, PORT))) as server:
            server.settimeout(_CONNECT_SECONDS)
            sender = socket_in(source.pid, lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            sender.settimeout(_CONNECT_SECONDS)
            try:
                sender.connect((sink.ip, PORT))
                receiver, _ = server.accept()
            except OSError as failure:
                sender.close()
                raise RuntimeError(f"load: {source.name} cannot connect to {sink.name}: {failure}") from failure
        sender.setblocking(False)
        receiver.setblocking(False)
        self._pairs.append((source.name, sink.name))
        self._senders.append(sender)
        self._receivers.append(receiver)

    def start(self) -> "Load":
        self._thread.start()
        return self

    def _run(self) -> None:
        index = {receiver: number for number, receiver in enumerate(self._receivers)}
        while not self._stopping.is_set():
            for sender in self._senders:
                try:
                    sender.send(_CHUNK)
                except BlockingIOError:
                    pass  # the window is full: this stream waits for its receiver
            readable, _, _ = select.select(self._receivers, [], [], 0)
            for receiver in readable:
                self.received[index[receiver]] += len(receiver.recv(1 << 16))
            time.sleep(_PAUSE_SECONDS)

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(5)
        for each in self._senders + self._receivers:
            each.close()

    def silent(self) -> List[str]:
        """Streams that delivered nothing."""
        return [f"{source} -> {sink}" for (source, sink), count in zip(self._pairs, self.received) if not count]
