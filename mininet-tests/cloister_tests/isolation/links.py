"""The control for LLDP: where Cloister's rule at one host port is missing, a relayed probe makes ONOS see a link.

So ONOS's unchanged links are due to the rules, not to a probe that ONOS would have refused. Only the rule that denies
by default is taken from one port; ONOS puts it back at its next poll, and the link fades when no probe confirms it.
"""
import time

from cloister_lab.handles import Fabric

from .capture import wait_until
from .experiment import Experiment

DENY_PRIORITY = 45_000
PROBE_SECONDS = 8.0
LINK_SECONDS = 4.0
ATTEMPTS = 4


def forgery_succeeds(fabric: Fabric, experiment: Experiment, onos) -> str:
    """Returns the link that ONOS was made to see, empty if it saw none in several attempts.

    In several, because ONOS may put the rule back before the probe comes.
    """
    view = experiment.view
    outsiders = [host for host in view.hosts if view.slice_of(host) is None] or view.hosts
    sender = outsiders[0]
    victim = next(host for host in view.hosts if host.leaf != sender.leaf)
    leaf = fabric.switch(sender.leaf)
    wanted = f"{fabric.switch(victim.leaf).device}/{victim.port}->{leaf.device}/{sender.port}"
    for _ in range(ATTEMPTS):
        relayed = experiment.relay_next(sender, victim, PROBE_SECONDS, lambda: _open(leaf, sender.port))
        if relayed and wait_until(lambda: wanted in onos.links(), time.monotonic() + LINK_SECONDS, 0.2):
            return wanted
    return ""


def _open(leaf, port: int) -> None:
    leaf.ofctl("del-flows", "--strict", f"table=0,priority={DENY_PRIORITY},in_port={port}")
