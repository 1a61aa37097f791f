"""The control for LLDP: where one host port's frames are let through to ONOS, a relayed probe makes it see a link.

So ONOS's unchanged links are due to Cloister's rules, not to a probe that ONOS would have refused anyway.
"""
import time
from contextlib import ExitStack, contextmanager
from typing import Callable, FrozenSet, Iterator

from cloister_lab.handles import Fabric, Switch

from .capture import wait_until
from .experiment import Experiment

DENY_PRIORITY = 45_000
PROBE_SECONDS = 8.0
LINK_SECONDS = 4.0
# The rule is put right whenever it is read back, every 5 s: that may be just then. And on a busy machine a probe may be
# older than the second that stock ONOS allows when it is there.
ATTEMPTS = 10
# Stock ONOS forgets a link that no probe confirms after 10 s, and looks every 3 s.
FADE_SECONDS = 30.0


def forge(fabric: Fabric, experiment: Experiment, links: Callable[[], FrozenSet[str]]) -> str:
    """Returns the link that ONOS was made to see, and is gone again; empty if it saw none.

    Raises RuntimeError if it stays.
    """
    view = experiment.view
    sender = next(host for host in view.hosts if view.slice_of(host) is None)
    victim = next(host for host in view.hosts if host.leaf != sender.leaf)
    leaf = fabric.switch(sender.leaf)
    wanted = f"{fabric.switch(victim.leaf).device}/{victim.port}->{leaf.device}/{sender.port}"
    for _ in range(ATTEMPTS):
        with ExitStack() as stack:
            is_relayed = experiment.relay_next(sender, victim, PROBE_SECONDS,
                                               lambda: stack.enter_context(_open_to_controller(leaf, sender.port)))
            is_seen = is_relayed and wait_until(lambda: wanted in links(), time.monotonic() + LINK_SECONDS)
        if is_seen:
            break
    if not wait_until(lambda: wanted not in links(), time.monotonic() + FADE_SECONDS, 0.2):
        raise RuntimeError(f"ONOS still sees the forged link {wanted} after {FADE_SECONDS:g} s")
    return wanted if is_seen else ""


@contextmanager
def _open_to_controller(leaf: Switch, port: int) -> Iterator[None]:
    """Sends to the controller what the port's deny rule drops. Changed, not deleted: ONOS hears of deleted rules."""
    rule = f"table=0,priority={DENY_PRIORITY},in_port={port},actions="
    leaf.ofctl("mod-flows", "--strict", rule + "CONTROLLER:65535")
    try:
        yield
    finally:
        leaf.ofctl("mod-flows", "--strict", rule + "drop")
