"""The proof of isolation: attacks against Cloister's rules, and the controls that show they would have been seen."""
import time
from dataclasses import dataclass, field
from typing import Callable, Dict, FrozenSet, List

from cloister_lab.handles import Fabric

from . import flowtext, punt, reach
from .capture import wait_until
from .controls import detached
from .experiment import FRAMES_PER_SECOND, Experiment
from .links import forge
from .load import Load
from .phase import PhaseResult
from .view import View

# Stock ONOS probes a port every 3 s.
PROBE_SECONDS = 8.0
# Every frame is copied to all other hosts here.
FLOOD_FRAMES_PER_SECOND = 2_000
# At most: stock ONOS reads flows back every 5 s, and less often while it is busy, as after the switches came back.
POLL_SECONDS = 60.0
ENFORCED, PUT_BACK, CONTROLLER_BACK, FLOODED, FIRST_CONDITION = 1, 2, 3, 4, 10


@dataclass
class Onos:
    """What the proof asks of the controller.

    links: its links, as text;  settled: returns when it has its devices and links again and all slices are ACTIVE, and
    raises when that takes too long.
    """

    links: Callable[[], FrozenSet[str]]
    settled: Callable[[], None]


@dataclass
class Evidence:
    """All that was seen, for report.py to put in words and figures."""

    fabric: Fabric
    view: View
    unreached: List[str] = field(default_factory=list)
    unreached_afterwards: List[str] = field(default_factory=list)
    not_asking_for_arp: List[str] = field(default_factory=list)
    arp_at_controller: int = 0
    self_test: List[str] = field(default_factory=list)
    links_before: FrozenSet[str] = frozenset()
    links_after: FrozenSet[str] = frozenset()
    enforced: PhaseResult = None
    flooded: PhaseResult = None
    removed: Dict[str, PhaseResult] = field(default_factory=dict)
    put_back: PhaseResult = None
    controller_back: PhaseResult = None
    rules_changed: List[str] = field(default_factory=list)
    forged_link: str = ""
    strays: Dict[str, int] = field(default_factory=dict)
    probes: int = 0
    tcp_bytes: int = 0
    silent_streams: List[str] = field(default_factory=list)
    seconds: float = 0.0


def prove(fabric: Fabric, view: View, onos: Onos) -> Evidence:
    """Runs the whole proof: with Cloister, without it, without each of its conditions, and with all put back."""
    began = time.monotonic()
    seen = Evidence(fabric, view)
    seen.unreached = reach.unreached(view)
    seen.not_asking_for_arp = punt.missing(fabric)
    with Experiment(fabric, view) as experiment:
        seen.self_test = experiment.self_test()
        seen.links_before = onos.links()
        _under_load(experiment, seen)
        seen.links_after = onos.links()
        with detached(fabric) as rules:
            rules.install(rules.flooding())
            seen.flooded = experiment.attack(FLOODED, FLOOD_FRAMES_PER_SECOND)
            for number, condition in enumerate(flowtext.CONDITIONS):
                rules.install(rules.without(condition))
                seen.removed[condition] = experiment.attack(FIRST_CONDITION + number)
            rules.restore()
            seen.put_back = experiment.attack(PUT_BACK)
        onos.settled()
        wait_until(lambda: not rules.changed(), time.monotonic() + POLL_SECONDS, 0.5)
        seen.rules_changed = rules.changed()
        experiment.tally.watch_strays = True
        seen.controller_back = experiment.attack(CONTROLLER_BACK)
        experiment.tally.watch_strays = False
        seen.strays = dict(experiment.tally.strays)
        seen.forged_link = forge(fabric, experiment, onos.links)
        seen.probes = experiment.tally.probes
    onos.settled()
    seen.unreached_afterwards = reach.unreached(view)
    seen.seconds = time.monotonic() - began
    return seen


def _under_load(experiment: Experiment, seen: Evidence) -> None:
    load = Load(seen.view)
    punted = punt.frames(seen.fabric)
    experiment.tally.watch_strays = True
    load.start()
    try:
        seen.enforced = experiment.attack(ENFORCED, FRAMES_PER_SECOND, PROBE_SECONDS, before_settling=load.stop)
    finally:
        load.stop()
        experiment.tally.watch_strays = False
    seen.arp_at_controller = punt.frames(seen.fabric) - punted
    seen.tcp_bytes = sum(load.received)
    seen.silent_streams = load.silent()
