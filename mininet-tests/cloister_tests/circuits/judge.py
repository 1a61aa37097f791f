"""Where light goes, by what no program here claims: tc, carrier, and the neighbours that LLDP found."""
from dataclasses import dataclass

from cloister_lab import readiness, waiting

SETTLE_SECONDS = 20


@dataclass(frozen=True)
class Light:
    """circuits: {(switch, port, port), ...}, lower port first."""
    circuits: frozenset

    def __sub__(self, earlier):
        return self.circuits - earlier.circuits


def light(fabric):
    """The circuits of all optical switches, as tc has them."""
    return Light(frozenset((name, one, other) for name, switch in fabric.optical_switches.items()
                           for one, other in switch.circuits()))


def problems(lab):
    """What does not agree: light in one direction only, ports lit without a circuit, neighbours other than light joins."""
    found, wanted = [], _cables(lab.fabric)
    for name, switch in lab.fabric.optical_switches.items():
        circuits = switch.circuits()
        stray = sorted(way for way in switch.ways() if tuple(sorted(way)) not in circuits)
        if stray:
            found.append(f"{name}: light goes one way only: {stray}")
        joined = {port for circuit in circuits for port in circuit}
        if joined != switch.lit_ports():
            found.append(f"{name}: lit ports are {sorted(switch.lit_ports())}, those of circuits {sorted(joined)}")
        wanted |= {(switch.ends[one], switch.ends[other]) for one, other in circuits}
    expected, seen = _both_ways(lab.fabric, wanted), _links(lab)
    if seen != expected:
        found.append(f"neighbours: not found {sorted(expected - seen)}, too many {sorted(seen - expected)}")
    return found


def wait_settled(lab, seconds=SETTLE_SECONDS):
    """Waits until nothing disagrees. Returns the seconds that it took."""
    return waiting.until(lambda: "; ".join(problems(lab)), seconds, 0.2)


def _cables(fabric):
    return {(f"{link.leaf}/{link.leaf_port}", f"{link.spine}/{link.spine_port}") for link in fabric.links}


def _both_ways(fabric, joined):
    return frozenset("->".join(_point(fabric, end) for end in ends) for one, other in joined
                     for ends in ((one, other), (other, one)))


def _point(fabric, end):
    switch, port = end.split("/")
    return f"{fabric.switch(switch).device}/{port}"


def _links(lab):
    rest = lab.onos.rest()
    return readiness.seen(lambda path: rest.get(path).expect(200).json()).links
