"""Whether a frame may be at the host where it was captured: decided from the frame alone, tags included.

A frame is rightful when a member of the receiver's own slice sent it, under its own MAC and IPv4 or ARP identity,
untagged, to the receiver's own addresses. ONOS's probe for the very port it arrives on is the switch's own. All else
is a leak, whatever it was meant to be.
"""
from enum import Enum
from socket import inet_aton
from typing import Mapping, Optional

from cloister_lab.topology import PlannedHost

from . import probes
from .marker import Marker
from .view import View

_IPV4, _ARP = b"\x08\x00", b"\x08\x06"
_BROADCAST = b"\xff" * 6


class Verdict(Enum):
    RIGHTFUL = "rightful"
    PROBE = "probe"
    LEAK = "leak"


class Judge:
    """Judges frames of one view. devices: ONOS's device id by leaf."""

    def __init__(self, view: View, devices: Mapping[str, str]):
        self._view = view
        self._addresses = {host.name: (bytes.fromhex(host.mac.replace(":", "")), inet_aton(host.ip))
                           for host in view.hosts}
        self._devices = devices

    def verdict(self, receiver: PlannedHost, frame: bytes, marker: Optional[Marker]) -> Verdict:
        """marker: the frame's, which says who really sent it; without one the Ethernet source is taken at its word."""
        sender = self._view.hosts[marker.sender] if marker else self._view.by_mac.get(frame[6:12])
        if sender is not None and self._view.share(sender, receiver) and self._is_true(sender, receiver, frame):
            return Verdict.RIGHTFUL
        if marker is None and self._is_probe_of(receiver, frame):
            return Verdict.PROBE
        return Verdict.LEAK

    def _is_true(self, sender: PlannedHost, receiver: PlannedHost, frame: bytes) -> bool:
        sender_mac, sender_ip = self._addresses[sender.name]
        receiver_mac, receiver_ip = self._addresses[receiver.name]
        if sender is receiver or frame[6:12] != sender_mac:
            return False
        ethertype = frame[12:14]
        if ethertype == _IPV4:
            return frame[:6] == receiver_mac and frame[26:30] == sender_ip and frame[30:34] == receiver_ip
        if ethertype == _ARP:
            return (frame[:6] in (receiver_mac, _BROADCAST) and frame[22:28] == sender_mac
                    and frame[28:32] == sender_ip and frame[38:42] == receiver_ip)
        return False

    def _is_probe_of(self, receiver: PlannedHost, frame: bytes) -> bool:
        probe = probes.read(frame)
        return probe is not None and (probe.device, probe.port) == (self._devices[receiver.leaf], receiver.port)
