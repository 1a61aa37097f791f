"""ONOS's link probes: recognised, read, relayed and forged.

ONOS sends two frames out of every port it looks for links on: LLDP (0x88cc) and the same body as BDDP (0x8942), which
ordinary bridges forward. Stock ONOS trusts more than its own fresh signature: a probe under another Ethernet source
counts as that of another cluster and makes an edge link unverified, and a plain LLDP frame makes a link when it names
a device's chassis and a port's interface. So forgeries try those as well.
"""
from typing import List, NamedTuple, Optional, Tuple

LLDP, BDDP = 0x88CC, 0x8942
_CHASSIS, _PORT, _ORGANIZATION = 1, 2, 127
_ONOS_OUI = bytes.fromhex("a42305")
_NAME, _DEVICE = 1, 2
_ONOS_NAME = b"ONOS Discovery"
_COMPONENT = 2

Tlv = Tuple[int, bytes]


class Probe(NamedTuple):
    """One captured probe, and the port it names."""

    frame: bytes
    ethertype: int
    device: str
    port: int


def read(frame: bytes) -> Optional[Probe]:
    """Returns the probe in an untagged frame; None for anything that ONOS did not emit."""
    ethertype = int.from_bytes(frame[12:14], "big")
    if ethertype not in (LLDP, BDDP):
        return None
    named = device = port = None
    for kind, value in tlvs(frame[14:]):
        if kind == _PORT and value[:1] == bytes([_COMPONENT]) and value[1:].isdigit():
            port = int(value[1:])
        elif kind == _ORGANIZATION and len(value) > 4:
            if value[3] == _NAME:
                named = value[4:]
            elif value[3] == _DEVICE:
                device = value[4:].decode("ascii", "replace")
    if named != _ONOS_NAME or device is None or port is None:
        return None
    return Probe(frame, ethertype, device, port)


def tlvs(body: bytes) -> List[Tlv]:
    """The type-length-value elements before the end mark; what is cut off is left out."""
    found, at = [], 0
    while at + 2 <= len(body):
        header = int.from_bytes(body[at:at + 2], "big")
        kind, length = header >> 9, header & 0x1FF
        value = body[at + 2:at + 2 + length]
        if kind == 0 or len(value) < length:
            break
        found.append((kind, value))
        at += 2 + length
    return found


def body(elements: List[Tlv]) -> bytes:
    """The elements as they are on the wire, end mark included."""
    return b"".join((kind << 9 | len(value)).to_bytes(2, "big") + value for kind, value in elements) + b"\0\0"


def relayed(probe: Probe) -> bytes:
    """The probe as ONOS emitted it, cut after its end mark so that a marker can follow."""
    return probe.frame[:14] + body(tlvs(probe.frame[14:]))


def forged(probe: Probe, chassis: bytes, device: str, port: int, source: Optional[bytes] = None) -> bytes:
    """The probe with another device and port in it, and another Ethernet source if one is given.

    chassis: six bytes;  source: six bytes. The signature is left as it was: it no longer fits.
    """
    elements = []
    for kind, value in tlvs(probe.frame[14:]):
        if kind == _CHASSIS:
            value = value[:1] + chassis
        elif kind == _PORT:
            value = bytes([_COMPONENT]) + str(port).encode()
        elif kind == _ORGANIZATION and len(value) > 3 and value[3] == _DEVICE:
            value = value[:4] + device.encode()
        elements.append((kind, value))
    return probe.frame[:6] + (source or probe.frame[6:12]) + probe.frame[12:14] + body(elements)


def sample(device: str, port: int, ethertype: int = LLDP) -> Probe:
    """A probe like ONOS's, unsigned: for fabrics without ONOS, and for tests."""
    destination = b"\xff" * 6 if ethertype == BDDP else bytes.fromhex("0180c200000e")
    frame = (destination + bytes.fromhex("02eb00000001") + ethertype.to_bytes(2, "big") + body([
        (_CHASSIS, b"\x04" + chassis_of(device)), (_PORT, bytes([_COMPONENT]) + str(port).encode()),
        (3, b"\x00\x78"), (_ORGANIZATION, _ONOS_OUI + bytes([_NAME]) + _ONOS_NAME),
        (_ORGANIZATION, _ONOS_OUI + bytes([_DEVICE]) + device.encode())]))
    return Probe(frame, ethertype, device, port)


def chassis_of(device: str) -> bytes:
    """The chassis id that ONOS gives an OpenFlow device: the lower 48 bits of its datapath id."""
    return bytes.fromhex(device.partition(":")[2])[-6:]
