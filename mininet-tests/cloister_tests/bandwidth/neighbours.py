"""Two shared slices fill a link: whatever one does, the other gets its own rate; a third is refused."""
from contextlib import contextmanager

from cloister_tests.bandwidth import figures as held
from cloister_tests.bandwidth.limits import ACTIVE_SECONDS, SETTLE_SECONDS, shared
from cloister_tests.traffic import Load, payload_of, ring

QUIET, LOUD, THIRD = "bandwidth-quiet", "bandwidth-loud", "bandwidth-third"
# Of a slice's four members two send over each direction of the link, so two slices fill it with four times the rate.
SHARES = 4


def undisturbed(lab, parameters, figures):
    """One slice sends what it may, around its ring; the other three times as much, around its ring and to one host."""
    rate = lab.fabric.spec.link_mbit * 1_000_000 // SHARES
    with filled(lab, rate) as (quiet, loud):
        entries = figures.setdefault("neighbour", [])
        against = {"nobody": [], "three times its guarantee": ring(loud),
                   "all of its members to one host": [(host, loud[1]) for host in loud if host is not loud[1]]}
        with Load(ring(quiet), payload_of(rate)) as load:
            for what, edges in against.items():
                entries.append(held.neighbour(rate, _beside(load, edges, rate, parameters["seconds"]), what))
            figures["withoutMeters"] = _without_meters(lab, load, loud, rate, parameters["seconds"])
    bad = [f"{each['deliveredBitsPerSecond']} against {each['against']}" for each in entries
           if not held.is_delivered(each["deliveredBitsPerSecond"], rate)]
    assert not bad, f"of {rate} bit/s the slice gets {', '.join(bad)}"
    without = figures["withoutMeters"]["deliveredBitsPerSecond"]
    assert without < (1 - held.TOLERANCE) * rate, \
        f"without the neighbour's meters the slice gets {without} of {rate} bit/s: the link is not what limits it"


def refused(lab, _, figures):
    """Half full, the link has half of its rate for one more; full, it has none."""
    rate = lab.fabric.spec.link_mbit * 1_000_000 // SHARES
    hosts = [lab.fabric.hosts_of(leaf.name)[4] for leaf in lab.fabric.leaves[:2]]
    answers = figures.setdefault("refused", [])
    lab.cloister.create(QUIET, alternating(lab.fabric, (0, 1)), wait=ACTIVE_SECONDS, **shared(rate))
    try:
        answers.append(_refusal(lab, hosts, 2 * rate + 1000, 2 * rate))
        lab.cloister.create(LOUD, alternating(lab.fabric, (2, 3)), wait=ACTIVE_SECONDS, **shared(rate))
        answers.append(_refusal(lab, hosts, 1000, 0))
    finally:
        for name in (QUIET, LOUD):
            lab.cloister.delete(name, ACTIVE_SECONDS)


@contextmanager
def filled(lab, rate):
    """The hosts of both slices in rank order, while they are there."""
    slices = {QUIET: alternating(lab.fabric, (0, 1)), LOUD: alternating(lab.fabric, (2, 3))}
    try:
        for name, hosts in slices.items():
            lab.cloister.create(name, hosts, wait=ACTIVE_SECONDS, **shared(rate))
            for host in hosts:
                host.set_neighbours([other for other in hosts if other is not host])
        full = _uplinks(lab)
        assert all(link["reservedBitsPerSecond"] == link["capacityBitsPerSecond"] for link in full), full
        yield tuple(slices.values())
    finally:
        for name in slices:
            lab.cloister.delete(name, ACTIVE_SECONDS)


def alternating(fabric, indexes):
    """Hosts of two leaves, turn by turn, so that every step around their ring crosses the fabric."""
    one, other = (fabric.hosts_of(leaf.name) for leaf in fabric.leaves[:2])
    return [leaf[index] for index in indexes for leaf in (one, other)]


def _uplinks(lab):
    return [link for link in lab.cloister.rest.get("/fabric").expect(200).json()["links"]]


def _beside(load, edges, rate, seconds):
    if not edges:
        return load.steady(seconds, settle=SETTLE_SECONDS)
    with Load(edges, held.EXCESS * rate):
        return load.steady(seconds, settle=SETTLE_SECONDS)


def _without_meters(lab, load, loud, rate, seconds):
    """The control: the neighbour's rules without their meters, which shows that it is these that hold it."""
    changed = []
    try:
        for leaf in lab.fabric.leaves:
            ports = {str(host.port) for host in loud if host.leaf == leaf.name}
            for flow in leaf.flows():
                if flow.table == 0 and flow.fields.get("in_port") in ports and flow.actions.startswith("meter:"):
                    changed.append((leaf, flow))
                    leaf.change_rule(flow, flow.actions.partition(",")[2])
        assert changed, "no rule of the neighbour uses a meter"
        with Load(ring(loud), held.EXCESS * rate):
            # the mean: what a busy machine takes away as well is on the same side
            got = load.measure(seconds, settle=SETTLE_SECONDS)
    finally:
        for leaf, flow in changed:
            leaf.change_rule(flow, flow.actions)
    return {"guaranteedBitsPerSecond": rate, "deliveredBitsPerSecond": round(min(got))}


def _refusal(lab, hosts, asked, free):
    answer = lab.cloister.put(THIRD, hosts, **shared(asked)).expect(409).json()
    assert answer["type"].endswith("/insufficient-bandwidth"), answer
    assert answer["retryable"] and answer["shortage"]["free"] == free and answer["shortage"]["needed"] == asked, answer
    lab.cloister.rest.get(f"/slices/{THIRD}").expect(404)
    return {"askedBitsPerSecond": asked, "freeBitsPerSecond": answer["shortage"]["free"], "detail": answer["detail"]}
