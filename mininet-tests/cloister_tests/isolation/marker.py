"""The marker that every test frame carries, so that one captured frame can be told from all others.

Layout, network order: magic (8 bytes), phase and its complement (2 + 2), run (4), attack, sender, victim and
sequence (2 each). The complement keeps the ones' complement sum of the marker the same in every phase: a frame is
built once, its TCP, UDP or ICMP checksum stays right, and ``restamp`` only rewrites the phase. That holds as long as
the marker starts at an even offset of the checksummed bytes, which it does behind every header used here.
"""
import struct
from typing import NamedTuple, Optional

MAGIC = b"\xc1ois\xd7er\x93"
LENGTH = 24
TRAFFIC = 0xFFFF
"""The attack number of frames that belong to a slice: they must arrive, and at their receiver alone."""

_LAYOUT = struct.Struct("!8sHHIHHHH")
_PHASE = struct.Struct("!HH")


class Marker(NamedTuple):
    """Who sent which frame in which attack; sender and victim are host indices."""

    run: int
    phase: int
    attack: int
    sender: int
    victim: int
    sequence: int

    def encode(self) -> bytes:
        return _LAYOUT.pack(MAGIC, self.phase, 0xFFFF - self.phase, self.run,
                            self.attack, self.sender, self.victim, self.sequence)


def find(frame: bytes) -> Optional[Marker]:
    """Returns the first marker in the frame, None if there is none or it is cut off or damaged."""
    at = frame.find(MAGIC)
    if at < 0 or len(frame) - at < LENGTH:
        return None
    _, phase, complement, run, attack, sender, victim, sequence = _LAYOUT.unpack_from(frame, at)
    if phase + complement != 0xFFFF:
        return None
    return Marker(run, phase, attack, sender, victim, sequence)


def restamp(frame: bytes, phase: int) -> bytes:
    """Returns the frame with another phase in its marker and every checksum still right."""
    at = frame.find(MAGIC)
    if at < 0:
        raise ValueError("restamp: frame without marker: " + frame[:32].hex())
    at += len(MAGIC)
    return frame[:at] + _PHASE.pack(phase, 0xFFFF - phase) + frame[at + _PHASE.size:]
