"""The slices of the scenario: one host of each leaf in each, so that every packet crosses the fabric.

Two have links of their own, one has rates, enforced by a meter per member.
"""
from cloister_lab import waiting
from cloister_tests.traffic import ring

NAMES = ("repair-a", "repair-b", "repair-c")
SHARED = NAMES[-1]
# Far more than a stream sends: a packet that is lost is not one that a meter dropped.
SHARED_BITS_PER_SECOND = 100_000_000
ACTIVE_SECONDS = 60


def members(fabric, name):
    """The hosts of a slice in rank order: its port on every leaf."""
    return on_port(fabric, NAMES.index(name) + 1)


def on_port(fabric, port):
    return [fabric.hosts_of(leaf.name)[port - 1] for leaf in fabric.leaves]


def spare_port(fabric):
    """The port of each leaf whose host is in none of the slices."""
    return len(NAMES) + 1


def specification(name):
    """What a request says of a slice besides its members."""
    if name != SHARED:
        return {}
    return {"bandwidth": {"mode": "shared", "guaranteedBitsPerSecond": SHARED_BITS_PER_SECOND}}


def create(lab):
    """Has all of them made and returns what carries traffic: {slice: [(source, destination), ...]}, around each ring."""
    for name in NAMES:
        lab.cloister.put(name, members(lab.fabric, name), wait=0, **specification(name)).expect(201, 202)
    for name in NAMES:
        lab.cloister.wait_active(name, ACTIVE_SECONDS, 0.1)
    return {name: ring(members(lab.fabric, name)) for name in NAMES}


def wait_states(lab, wanted, seconds):
    """Waits until slices have states: {slice: state}. Returns the seconds that it took."""
    def missing():
        states = {found["id"]: found["state"] for found in lab.cloister.slices()}
        return ", ".join(f"{name} is {states.get(name, 'gone')}, not {state}" for name, state in wanted.items()
                         if states.get(name) != state)
    return waiting.until(missing, seconds)


def placement(lab):
    """What every slice has: tag, links and members by its name."""
    return {found["id"]: {"generation": found["generation"], **found["allocation"]} for found in lab.cloister.slices()}
