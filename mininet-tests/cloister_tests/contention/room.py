"""A request that no spine has room for: a running slice that allows it moves to another one, and loses no packet."""
import time

from cloister_tests.repair import machine, places
from cloister_tests.repair.streams import Streams
from cloister_tests.traffic import ring

MOVABLE = ("room-a", "room-b")
ASKING = "room-c"
FILLER = "room-filler"
WAIT_SECONDS = 30


def made(lab, parameters, figures):
    """Two slices, each over half of the leaves and by a spine of its own, and one that wants all leaves.

    parameters: seconds of traffic that count "before" the request and "after" it is ACTIVE.
    """
    try:
        streams = _fragmented(lab)
        assert _used(lab)[0] != _used(lab)[1], f"{MOVABLE} are both on {_used(lab)[0]}"
        # with nobody who may be moved it is refused
        members = _on_port(lab, 3, lab.fabric.leaves)
        _allow(lab, "forbid")
        refused = lab.cloister.put(ASKING, members, wait=0).expect(409).json()
        assert refused["type"].endswith("no-common-spines"), refused
        _allow(lab, "allow")
        receivers = [destination for edges in streams.values() for _, destination in edges]
        with Streams(streams) as traffic:
            dropped, start = machine.dropped(receivers), traffic.now()
            time.sleep(parameters["before"])
            asked = time.monotonic()
            lab.cloister.create(ASKING, members, wait=WAIT_SECONDS)
            figures["roomMadeMillis"] = round(1000 * (time.monotonic() - asked))
            time.sleep(parameters["after"])
            passage = traffic.passage(start, traffic.now())
            dropped = machine.between(dropped, machine.dropped(receivers))
        figures["roomMade"] = {"sent": passage.sent, "lost": passage.lost, "longestGapMillis": round(passage.gap_millis),
                               "machineDropped": dropped}
        assert _used(lab)[0] == _used(lab)[1], f"{MOVABLE} are on {_used(lab)}"
        members[0].run("ping", "-c", 3, "-i", "0.2", "-W", 2, members[-1].ip)
        machine.expect_none_lost(passage, dropped)
    finally:
        lab.cloister.delete_all()


def _fragmented(lab):
    half = len(lab.fabric.leaves) // 2
    here, there = lab.fabric.leaves[:half], lab.fabric.leaves[half:]
    hosts = {MOVABLE[0]: _on_port(lab, 1, here), MOVABLE[1]: _on_port(lab, 1, there)}
    lab.cloister.create(MOVABLE[0], hosts[MOVABLE[0]], repack="allow")
    lab.cloister.create(FILLER, _on_port(lab, 2, there))
    lab.cloister.create(MOVABLE[1], hosts[MOVABLE[1]], repack="allow")
    lab.cloister.delete(FILLER)
    return {name: ring(members) for name, members in hosts.items()}


def _allow(lab, repack):
    """Whether a slice may be moved is changed like anything else of it, and moves nothing."""
    for name in MOVABLE:
        before = lab.cloister.slice(name)
        lab.cloister.put(name, [lab.fabric.host(each["host"]) for each in before["allocation"]["members"]],
                         repack=repack).expect(200)
        assert lab.cloister.slice(name)["allocation"] == before["allocation"]


def _used(lab):
    return [places.spines(lab, name) for name in MOVABLE]


def _on_port(lab, port, leaves):
    return [lab.fabric.hosts_of(leaf.name)[port - 1] for leaf in leaves]
