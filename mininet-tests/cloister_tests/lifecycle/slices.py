"""Slices created and removed one at a time, timed from the request to the first packet and to ACTIVE."""
import random
import statistics
import time
from dataclasses import dataclass

from cloister_tests import readback
from cloister_tests.lifecycle.probe import Probe

PACKET_SECONDS = 30
ACTIVE_SECONDS = 60
# What the ways to read rules back are called in the report.
REPORTED_AS = {"barrier": "barrier", "poll": "stock"}
WIDE_LEAVES = 3
# The requirement on a slice's first packet, and on ACTIVE with the read-back after the barrier.
WANTED_MILLIS = 1000


@dataclass(frozen=True)
class Timing:
    to_packet_millis: float
    to_active_millis: float


def come_and_go(lab, parameters, figures):
    """Times slices with one way to read rules back; the switches end with exactly the rules they began with."""
    mode, count = parameters["readBack"], parameters["slices"]
    name = REPORTED_AS[mode]
    try:
        before = lab.fabric.rules()
        planned = plans(lab.fabric, count, parameters["seed"])
        timings = [_one(lab, mode, f"lifecycle-{name}-{number}", hosts) for number, hosts in enumerate(planned, 1)]
        left = sum(len(rules ^ before[name]) for name, rules in lab.fabric.rules().items())
    finally:
        lab.cloister.delete_all()
        readback.use(lab, readback.DEFAULT)
    _report(figures, name, planned, timings, left)
    assert left == 0, f"{left} rules differ from before the first slice"
    wide = sum(len({host.leaf for host in hosts}) >= WIDE_LEAVES for hosts in planned)
    assert 2 * wide >= count, f"only {wide} of {count} slices were over {WIDE_LEAVES} leaves or more"
    _check(figures, name)


def _one(lab, mode, name, hosts):
    """Creates and removes one slice. The probe runs along an edge of the ring that crosses the fabric.

    mode: how the rules are read back. The removal, which is not timed, is always read back after the barrier.
    """
    readback.use(lab, mode)
    source, destination = next((a, b) for a, b in zip(hosts, hosts[1:]) if a.leaf != b.leaf)
    source.set_neighbours([destination])
    with Probe(source, destination) as probe:
        start = time.monotonic_ns()
        lab.cloister.create(name, hosts, wait=ACTIVE_SECONDS)
        active = time.monotonic_ns()
        arrived = probe.first_arrival(PACKET_SECONDS)
    assert arrived > start, f"{source.name} reached {destination.name} before there was a slice"
    readback.use(lab, "barrier")
    lab.cloister.delete(name, wait=ACTIVE_SECONDS)
    return Timing((arrived - start) / 1e6, (active - start) / 1e6)


def plans(fabric, count, seed):
    """Members of each slice in rank order: 2 to 12 hosts, every second slice over three leaves or more."""
    chance = random.Random(seed)
    leaves = [leaf.name for leaf in fabric.leaves]
    return [_members(fabric, chance, chance.sample(leaves, chance.randint(2 + number % 2, len(leaves))))
            for number in range(count)]


def _members(fabric, chance, leaves):
    return [host for leaf in leaves for host in chance.sample(fabric.hosts_of(leaf), chance.randint(1, 3))]


def _report(figures, name, plans, timings, left):
    figures["slices"] = max(len(plans), figures.get("slices", 0))
    figures["rulesLeft"] = figures.get("rulesLeft", 0) + left
    figures.setdefault("slicesTimed", {})[name] = len(timings)
    figures.setdefault("putToActiveMillis", {})[name] = _percentiles(t.to_active_millis for t in timings)
    figures.setdefault("packetMillis", {})[name] = _percentiles(t.to_packet_millis for t in timings)
    # The first packet does not depend on how rules are read back: the larger number of slices speaks for both.
    if figures["slices"] == len(plans):
        figures["putToPacketMillis"] = figures["packetMillis"][name]


def _check(figures, name):
    packet = figures["packetMillis"][name]["p95"]
    assert packet <= WANTED_MILLIS, f"first packet after {packet} ms (p95), wanted {WANTED_MILLIS} ms"
    active = figures["putToActiveMillis"][name]["p95"]
    assert name != "barrier" or active <= WANTED_MILLIS, f"ACTIVE after {active} ms (p95), wanted {WANTED_MILLIS} ms"


def _percentiles(values):
    hundredths = statistics.quantiles(values, n=100, method="inclusive")
    return {"p50": round(hundredths[49], 1), "p95": round(hundredths[94], 1)}
