"""Acceptance of changes that are asked for: a spine is drained, a member replaced, and nobody loses a packet."""
import time

from cloister_lab import waiting
from cloister_tests.repair import jobs, places

DRAINED_SECONDS = 30
CHANGED_SECONDS = 60


def spine_drained(lab, watch, window):
    """A spine that carries a slice is taken out of use: the slice moves first."""
    spine, = places.spines(lab, jobs.NAMES[0])
    affected = [each for each in jobs.NAMES if spine in places.spines(lab, each)]
    try:
        with watch.case("spineDrained", *window, affected=affected) as case:
            start = time.monotonic()
            lab.cloister.rest.put(f"/drains/{spine}").expect(200, 202)
            waiting.until(lambda: _not_drained(lab, spine), DRAINED_SECONDS)
            case.more["drainedMillis"] = round(1000 * (time.monotonic() - start))
        users = [name for name in jobs.NAMES if spine in places.spines(lab, name)]
        assert not users, f"{spine} is drained, and {users} are on it"
        jobs.wait_states(lab, {name: "ACTIVE" for name in jobs.NAMES}, CHANGED_SECONDS)
    finally:
        lab.cloister.rest.delete(f"/drains/{spine}").expect(204, 404)
    case.expect_nothing_lost()


def member_replaced(lab, watch, window):
    """The last member makes room for another host of its leaf. Streams from and to it are not counted."""
    name = jobs.NAMES[1]
    hosts = jobs.members(lab.fabric, name)
    leaving, coming = hosts[-1], jobs.on_port(lab.fabric, jobs.spare_port(lab.fabric))[-1]
    before = lab.cloister.slice(name)
    with watch.case("memberReplaced", *window, affected=(name,),
                    counted=lambda _, source, destination: leaving not in (source, destination)) as case:
        start = time.monotonic()
        lab.cloister.put(name, [*hosts[:-1], coming], wait=CHANGED_SECONDS, **jobs.specification(name)).expect(200)
        waiting.until(lambda: _not_changed(lab, name, before["generation"]), CHANGED_SECONDS)
        case.more["changedMillis"] = round(1000 * (time.monotonic() - start))
    members = [member["host"] for member in lab.cloister.slice(name)["allocation"]["members"]]
    assert members == [host.name for host in (*hosts[:-1], coming)], members
    hosts[0].run("ping", "-c", 3, "-i", "0.2", "-W", 2, coming.ip)
    assert not _answers(hosts[0], leaving), f"{leaving.name} still answers {hosts[0].name}"
    # between members that stay
    case.expect_nothing_lost()


def _not_drained(lab, name):
    drain = lab.cloister.rest.get(f"/drains/{name}").expect(200).json()
    return ", ".join(drain["slices"]) and f"{name} is held by {', '.join(drain['slices'])}"


def _not_changed(lab, name, generation):
    """A change is done when the new generation carries the traffic and nothing of the old one is left."""
    now = lab.cloister.slice(name)
    done = now["state"] == "ACTIVE" and now["observedGeneration"] == now["generation"] > generation
    return "" if done else f"slice {name} is {now['state']}, generation {now['observedGeneration']} of {now['generation']}"


def _answers(source, destination):
    said = source.run("ping", "-c", 2, "-i", "0.2", "-W", 1, destination.ip, check=False)
    return " 0 received" not in said
