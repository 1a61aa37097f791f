"""Sockets, frames and counts on one fabric: what every phase of the proof has in common."""
import os
import socket
import time
from typing import Callable, Dict, List

from cloister_lab.handles import Fabric, Host

from . import frames, probes
from .arsenal import Arsenal, Batch, restamped
from .capture import Capture, wait_until
from .counters import Account
from .judge import Judge
from .marker import Marker
from .netns import socket_in
from .phase import PhaseResult
from .relay import ProbeFeed
from .sender import Sender, interleave
from .tally import PhaseTally, Tally
from .view import View

SELF_TEST_PHASE, SELF_TEST = 0, 0xFFFE
FRAMES_PER_SECOND = 4_000
# At most, where the capture has to catch up on a slow machine: a flooded phase brings a dozen copies of each frame.
SETTLE_SECONDS = 60.0
QUIET_SECONDS = 1.0
JUDGED_PAUSE_SECONDS = 0.2


class Experiment:
    """Taps at every host and every host's switch port, raw sockets at the hosts, and the tally of what arrived.

    Use as a context manager. A phase is one run of all attacks under one set of rules; its number is in each frame.
    """

    def __init__(self, fabric: Fabric, view: View):
        self.view = view
        self._fabric = fabric
        devices = {name: switch.device for name, switch in fabric.switches.items()}
        self._run = int.from_bytes(os.urandom(4), "big")
        self._arsenal = Arsenal(view, devices, self._run)
        self.feed = ProbeFeed()
        self.tally = Tally(view, Judge(view, devices), self._run, self.feed.captured)
        self._capture = Capture()
        self._sender = Sender()
        self._quiet_ports: List[socket.socket] = []

    def __enter__(self) -> "Experiment":
        for host in self.view.hosts:
            self._capture.add(host.name, host.pid, host.interface, self.tally.at_host)
            self._sender.add(host.name, host.pid, host.interface)
            cable = self._switch_end(host)
            self._capture.add(cable, None, cable, self.tally.at_switch)
            self._sender.add(cable, None, cable)
            self._quiet_ports.append(_keep_quiet(host))
        self._capture.start()
        return self

    def __exit__(self, *_) -> None:
        self._capture.stop()
        self._sender.close()
        for each in self._quiet_ports:
            each.close()

    def self_test(self) -> List[str]:
        """Puts frames on every host's cable from the switch's end, past all rules; names the hosts that miss any.

        One frame is tagged and rightful but for its tag: a capture that loses tags would take it for the slice's own.
        """
        batch: Batch = []
        for host in self.view.hosts:
            others = [each for each in self.view.hosts if each is not host]
            stranger = next(each for each in others if not self.view.share(each, host))
            for sequence, (origin, tags) in enumerate(((stranger, ()), ((self.view.fellows(host) or others)[0], (77,)))):
                packet = frames.udp(frames.ethernet(origin.mac, host.mac, *tags), origin.ip, host.ip)
                mark = Marker(self._run, SELF_TEST_PHASE, SELF_TEST, self.view.index(origin), self.view.index(host), sequence)
                batch.append((self._switch_end(host), frames.finish(packet, mark.encode())))
        seen = self.tally.phase(SELF_TEST_PHASE).leaked[SELF_TEST]
        self._sender.send(batch, FRAMES_PER_SECOND)
        wait_until(lambda: len(seen) >= len(batch), time.monotonic() + SETTLE_SECONDS)
        counts = [sum(1 for _, victim, _ in list(seen) if victim == index) for index in range(len(self.view.hosts))]
        return [host.name for host, count in zip(self.view.hosts, counts) if count != 2]

    def attack(self, phase: int, per_second: int = FRAMES_PER_SECOND, relay_seconds: float = 0,
               before_settling: Callable[[], None] = lambda: None) -> PhaseResult:
        """Runs every attack once, slice traffic among them, and waits until every frame was judged.

        relay_seconds: how long to wait for ONOS's probes and relay them while they are fresh; 0 sends those of an
        earlier phase again.  before_settling: called when the last frame is out.
        """
        account = Account(self._fabric)
        self.tally.phase(phase)
        sent = self._sender.send(restamped(self._arsenal.standing(), phase), per_second)
        if relay_seconds:
            for victim, probe in self.feed.one_of_each(len(self.view.hosts), relay_seconds):
                sent += self._sender.send(restamped(self._arsenal.probing(victim, probe), phase), per_second)
        else:
            stored = interleave([self._arsenal.probing(victim, probe) for victim, probe in self.feed.stored()])
            sent += self._sender.send(restamped(stored, phase), per_second)
        before_settling()
        return self._settled(phase, sent, account)

    def relay_next(self, sender: Host, victim: Host, seconds: float, first: Callable[[], None]) -> bool:
        """Relays, from ``sender``, the next LLDP probe that ONOS emits at the victim's port; False if none comes.

        first: called when it has come. It is sent on several times, well within the second that stock ONOS allows,
        because the switch needs a moment to forget what it has cached.
        """
        for receiver, probe in self.feed.fresh(seconds):
            if receiver is victim and probe.ethertype == probes.LLDP:
                first()
                self._sender.send([(sender.name, probes.relayed(probe))] * 4, per_second=10)
                return True
        return False

    def _settled(self, phase: int, sent: int, account: Account) -> PhaseResult:
        deadline = time.monotonic() + SETTLE_SECONDS
        tally = self.tally.phase(phase)
        wait_until(lambda: tally.frames_entered() >= sent, deadline)
        _wait_judged(account, deadline)
        before = -1
        while time.monotonic() < deadline and (now := self._arrivals(tally)) != before:
            before = now
            time.sleep(QUIET_SECONDS)
        return PhaseResult(sent, tally, _wait_judged(account, deadline), self._capture.lost(),
                           self._short_ports(tally, account))

    def _arrivals(self, tally: PhaseTally) -> int:
        self._capture.frames()  # raises where the capture has failed
        return tally.frames_arrived()

    def _short_ports(self, tally: PhaseTally, account: Account) -> List[str]:
        """Host ports whose own counter rose by less than the marked frames captured there."""
        marked = [0] * len(self.view.hosts)
        for entered in list(tally.entered.values()):
            for sender, _, _ in list(entered):
                marked[sender] += 1
        counted = [account.received_at(host.leaf, host.port) for host in self.view.hosts]
        return [f"{host.leaf}/{host.port}: counter rose by {rise}, captured {count}"
                for host, rise, count in zip(self.view.hosts, counted, marked) if rise < count]

    def _switch_end(self, host: Host) -> str:
        return self._fabric.switch(host.leaf).ports[host.port].interface


def _wait_judged(account: Account, deadline: float) -> Dict[str, int]:
    """What is unjudged in the end. Nothing may be made of one look: a probe of ONOS may have come in just before it."""
    while (unjudged := account.unjudged()) and time.monotonic() < deadline:
        time.sleep(JUDGED_PAUSE_SECONDS)
    return unjudged


def _keep_quiet(host: Host) -> socket.socket:
    """Takes the attacks' UDP port at a host: else its stack would answer with a quotation, marker included."""
    taken = socket_in(host.pid, lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    taken.bind(("", frames.ATTACK_PORT))
    return taken
