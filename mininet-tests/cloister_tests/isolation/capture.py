"""Captures every frame that arrives at a set of interfaces, tags included, and says so if it lost one."""
import selectors
import socket
import struct
import threading
import time
from typing import Callable, Dict, Optional

from .netns import socket_in

ETH_P_ALL = 0x0003
_SOL_PACKET = 263
_PACKET_ADD_MEMBERSHIP = 1
_PACKET_STATISTICS = 6
_PACKET_AUXDATA = 8
_PACKET_IGNORE_OUTGOING = 23
_PACKET_MR_PROMISC = 1
_SO_RCVBUFFORCE = 33
_TP_STATUS_VLAN_VALID = 0x10
_TP_STATUS_VLAN_TPID_VALID = 0x40
# struct tpacket_auxdata: status, len, snaplen, mac, net, vlan_tci, vlan_tpid
_AUXDATA = struct.Struct("=IIIHHHH")
_SNAP = 2048
_BUFFER_BYTES = 32 << 20
_PER_TURN = 128

Sink = Callable[[str, bytes], None]


def with_tag(frame: bytes, auxdata: bytes) -> bytes:
    """Puts the tag that the kernel moved out of the frame back to where it was on the wire."""
    status, _, _, _, _, tci, tpid = _AUXDATA.unpack_from(auxdata)
    if not status & _TP_STATUS_VLAN_VALID:
        return frame
    if not status & _TP_STATUS_VLAN_TPID_VALID:
        tpid = 0x8100
    return frame[:12] + struct.pack("!HH", tpid, tci) + frame[12:]


class _Tap:
    def __init__(self, point: str, pid: Optional[int], interface: str, sink: Sink):
        self.point = point
        self.sink = sink
        self.frames = 0
        self.dropped = 0
        self.socket = socket_in(pid, lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0))
        index = socket_in(pid, lambda: _Index(interface)).number
        self.socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _BUFFER_BYTES)
        self.socket.setsockopt(_SOL_PACKET, _PACKET_AUXDATA, 1)
        self.socket.setsockopt(_SOL_PACKET, _PACKET_IGNORE_OUTGOING, 1)
        self.socket.setsockopt(_SOL_PACKET, _PACKET_ADD_MEMBERSHIP,
                               struct.pack("=iHH8s", index, _PACKET_MR_PROMISC, 0, b""))
        self.socket.setblocking(False)
        self.socket.bind((interface, ETH_P_ALL))

    def drain(self) -> None:
        space = socket.CMSG_SPACE(_AUXDATA.size)
        for _ in range(_PER_TURN):
            try:
                frame, ancillary, _, _ = self.socket.recvmsg(_SNAP, space)
            except BlockingIOError:
                return
            for level, kind, data in ancillary:
                if level == _SOL_PACKET and kind == _PACKET_AUXDATA:
                    frame = with_tag(frame, data)
            self.frames += 1
            self.sink(self.point, frame)

    def lost(self) -> int:
        """Frames that the kernel dropped for want of room since the capture began; reading resets the kernel's count."""
        _, dropped = struct.unpack("=II", self.socket.getsockopt(_SOL_PACKET, _PACKET_STATISTICS, 8))
        self.dropped += dropped
        return self.dropped


class _Index:
    def __init__(self, interface: str):
        self.number = socket.if_nametoindex(interface)


class Capture:
    """One thread that reads all taps. A sink runs on that thread, so it needs no lock against other sinks."""

    def __init__(self) -> None:
        self._taps: Dict[str, _Tap] = {}
        self._selector = selectors.DefaultSelector()
        self._wake, self._woken = socket.socketpair()
        self._selector.register(self._woken, selectors.EVENT_READ, None)
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._failure: Optional[BaseException] = None
        self._stopping = False

    def add(self, point: str, pid: Optional[int], interface: str, sink: Sink) -> None:
        """Taps what arrives at ``interface`` in the namespace of ``pid``; ``point`` is its name for the sink."""
        if point in self._taps:
            raise ValueError(f"capture: {point} is tapped already")
        tap = _Tap(point, pid, interface, sink)
        self._taps[point] = tap
        self._selector.register(tap.socket, selectors.EVENT_READ, tap)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        try:
            while not self._stopping:
                for key, _ in self._selector.select():
                    if key.data is not None:
                        key.data.drain()
        except BaseException as failure:  # handed to the thread that asks for results
            self._failure = failure

    def frames(self) -> int:
        """Frames captured so far at all taps."""
        if self._failure is not None:
            raise RuntimeError("capture thread failed") from self._failure
        return sum(tap.frames for tap in self._taps.values())

    def lost(self) -> Dict[str, int]:
        """Taps that lost frames, with how many; empty when the capture is complete."""
        losses = {point: tap.lost() for point, tap in self._taps.items()}
        return {point: count for point, count in losses.items() if count}

    def stop(self) -> None:
        self._stopping = True
        self._wake.send(b"x")
        if self._thread.is_alive():
            self._thread.join(5)
        for tap in self._taps.values():
            tap.socket.close()
        self._selector.close()
        self._wake.close()
        self._woken.close()


def wait_until(condition: Callable[[], bool], deadline: float, pause: float = 0.05) -> bool:
    """Polls ``condition`` until it holds (True) or ``time.monotonic()`` passes ``deadline`` (False)."""
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(pause)
    return True
