"""Acceptance of isolation: makes the slices as a scheduler would, then proves that they are isolated."""
from typing import Dict, FrozenSet, List

from cloister_lab import session

from .proof import Onos, prove
from .report import failures, figures
from .view import Slice, View

SETTLED_SECONDS = 90


def run(lab, parameters: Dict[str, object], report: Dict[str, object]) -> None:
    """One step of the runner. Fills the report and raises AssertionError with all that went against expectation.

    parameters: {"slices": {name: [[leaf, port], ...]}}: members in rank order, by the numbers of leaf and port.
    """
    by_port = {(host.leaf, host.port): host.name for host in lab.fabric.hosts.values()}
    members = {name: tuple(by_port[f"leaf-{leaf}", port] for leaf, port in places)
               for name, places in parameters["slices"].items()}
    slices: List[Slice] = []
    for name, hosts in members.items():
        made = lab.cloister.create(name, hosts)
        slices.append(Slice(name, made["allocation"]["tag"], hosts))
    seen = prove(lab.fabric, View(list(lab.fabric.hosts.values()), slices), _onos(lab, list(members)))
    report.update(figures(seen))
    found = failures(seen)
    if found:
        raise AssertionError("; ".join(found))


def _onos(lab, names: List[str]) -> Onos:
    rest = lab.onos.rest()

    def links() -> FrozenSet[str]:
        answer = rest.get("/links").expect(200).json()["links"]
        return frozenset(f"{_end(link['src'])}->{_end(link['dst'])}" for link in answer)

    def settled() -> None:
        session.wait_visible(lab.fabric, SETTLED_SECONDS, say=None)
        for name in names:
            lab.cloister.wait_active(name, SETTLED_SECONDS, 0.2)

    return Onos(links, settled)


def _end(point) -> str:
    return f"{point['device']}/{point['port']}"
