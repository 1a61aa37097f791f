"""The positive controls: the same attacks where they must succeed.

The switches are turned away from their controller while rules are exchanged. They are given a controller that nobody
answers for rather than none: Open vSwitch flushes a bridge's flows when its last controller is taken away.
"""
from contextlib import contextmanager
from typing import Dict, Iterator, List

from cloister_lab.command import run
from cloister_lab.handles import Fabric, Switch

from . import flowtext
from .flowtext import FlowText

NOBODY = "tcp:127.0.0.1:1"


class Rules:
    """What every switch of a fabric held when this was made, and a way back to it."""

    def __init__(self, fabric: Fabric):
        self._fabric = fabric
        self.flows: Dict[str, List[FlowText]] = {name: _dump(switch) for name, switch in fabric.switches.items()}

    def without(self, condition: str) -> Dict[str, List[FlowText]]:
        """The rules with one condition taken out of every admit rule that asks for it."""
        fields = flowtext.CONDITIONS[condition]
        rewritten, refused = {}, []
        for name, flows in self.flows.items():
            try:
                rewritten[name] = flowtext.without(flows, fields)
            except ValueError as reason:
                refused.append(f"{name}: {reason}")
                rewritten[name] = flows
        if len(refused) == len(rewritten):
            raise ValueError("; ".join(refused))
        return rewritten

    def flooding(self) -> Dict[str, List[FlowText]]:
        """A learning-free tree over the first spine: what comes in at one port of it goes out of all others."""
        root = self._fabric.spines[0].name
        return {name: [flood] if (flood := _flood(switch, root)) else []
                for name, switch in self._fabric.switches.items()}

    def install(self, flows: Dict[str, List[FlowText]]) -> None:
        """Makes these the only rules of each switch; meters stay as they are."""
        for name, entries in flows.items():
            self._fabric.switch(name).ofctl("replace-flows", "-", stdin="".join(each.line() + "\n" for each in entries))

    def restore(self) -> None:
        """Puts every rule back and reads it back. Raises RuntimeError for a switch that holds anything else then."""
        self.install(self.flows)
        if changed := self.changed():
            raise RuntimeError(f"{', '.join(changed)}: the rules are not what they were before the controls")

    def changed(self) -> List[str]:
        """Switches whose rules are other ones now."""
        return [name for name, entries in self.flows.items()
                if sorted(_dump(self._fabric.switch(name))) != sorted(entries)]


@contextmanager
def detached(fabric: Fabric) -> Iterator[Rules]:
    """The switches on their own, their rules as they were; in the end rules and controllers are put back."""
    targets = {name: run("ovs-vsctl", "get-controller", name).split() for name in fabric.switches}
    rules = Rules(fabric)
    _point_at({name: [NOBODY] if found else [] for name, found in targets.items()})
    try:
        if changed := rules.changed():
            raise RuntimeError(f"{', '.join(changed)}: rules changed on the way from the controller")
        try:
            yield rules
        finally:
            rules.restore()
    finally:
        _point_at(targets)


def _point_at(targets: Dict[str, List[str]]) -> None:
    words: List[str] = []
    for name, found in targets.items():
        if found:
            words += ["--", "set-controller", name, *found]
    if words:
        run("ovs-vsctl", "--timeout=60", *words[1:], seconds=90)


def _dump(switch: Switch) -> List[FlowText]:
    return flowtext.parse(switch.ofctl("dump-flows"))


def _flood(switch: Switch, root: str):
    ports = [number for number, port in switch.ports.items()
             if switch.name == root or "/" not in port.peer or port.peer.startswith(root + "/")]
    if switch.role == "spine" and switch.name != root:
        return None
    return FlowText(0, 1, (), (), ",".join(f"output:{number}" for number in ports))
