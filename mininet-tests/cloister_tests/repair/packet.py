"""The payload of a measured packet: which run it belongs to, which stream, and its number in it."""
import struct

PORT = 6998
_LAYOUT = struct.Struct("!QHI")
# A frame of 100 bytes and a bit: what counts is the number of packets.
PAYLOAD_BYTES = 64


def template(run):
    """A payload to fill in."""
    payload = bytearray(PAYLOAD_BYTES)
    _LAYOUT.pack_into(payload, 0, run, 0, 0)
    return payload


def fill(payload, run, stream, sequence):
    _LAYOUT.pack_into(payload, 0, run, stream, sequence)


def read(payload):
    """(run, stream, sequence), or None where it is too short to be one."""
    return _LAYOUT.unpack_from(payload) if len(payload) >= _LAYOUT.size else None
