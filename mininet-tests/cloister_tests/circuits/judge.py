"""Where light goes, by what no program here claims: tc, carrier, and the neighbours that LLDP found."""
from dataclasses import dataclass

from cloister_lab import light, readiness, waiting

# A link of before may be known until its age, after which what it was part of is looked at again.
SETTLE_SECONDS = 40


@dataclass(frozen=True)
class Light:
    """All optical switches at one moment.

    ways:  {switch: {(from port, to port), ...}}, where packets are sent;  lit: {switch: ports with a carrier};
    links: those of ONOS, as readiness.View has them.
    """
    ways: dict
    lit: dict
    links: frozenset

    @property
    def circuits(self):
        """{(switch, port, port), ...}, the lower port first."""
        return frozenset((switch, *pair) for switch, ways in self.ways.items() for pair in light.both_ways(ways))

    def made_since(self, earlier):
        return self.circuits - earlier.circuits


def see(lab):
    """What there is now."""
    switches, rest = lab.fabric.optical_switches.items(), lab.onos.rest()
    return Light({name: switch.ways() for name, switch in switches}, {name: switch.lit_ports() for name, switch in switches},
                 readiness.seen(lambda path: rest.get(path).expect(200).json()).links)


def disagreements(plan, seen, ghosts=frozenset()):
    """Light in one direction only, ports lit that are in no circuit or dark that are in one, and wrong neighbours.

    ghosts: links that may be there although light has moved. A port that is dark for milliseconds never goes down for
    ONOS, and then its link of before ends only with its age.
    """
    found, joined = [], {(f"{cable.leaf}/{cable.leaf_port}", f"{cable.spine}/{cable.spine_port}") for cable in plan.links}
    ends = {(fibre.optical_switch, fibre.port): fibre.end for fibre in plan.fibres}
    for name, ways in seen.ways.items():
        circuits = light.both_ways(ways)
        ports = {port for circuit in circuits for port in circuit}
        stray = sorted(way for way in ways if tuple(sorted(way)) not in circuits)
        if stray:
            found.append(f"{name}: light goes one way only: {stray}")
        if ports != seen.lit[name]:
            found.append(f"{name}: lit ports are {sorted(seen.lit[name])}, those of circuits {sorted(ports)}")
        joined |= {(ends[name, one], ends[name, other]) for one, other in circuits}
    expected = _both_directions(plan, joined)
    missing, more = expected - seen.links, seen.links - expected - ghosts
    if missing or more:
        found.append(f"neighbours: not found {sorted(missing)}, too many {sorted(more)}")
    return found


def problems(lab, before=None):
    """What does not agree now. before: what was seen before light moved just now, see disagreements."""
    return disagreements(lab.fabric.plan, see(lab), before.links if before else frozenset())


def wait_settled(lab, seconds=SETTLE_SECONDS):
    """Waits until nothing disagrees. Returns the seconds that it took."""
    return waiting.until(lambda: "; ".join(problems(lab)), seconds, 0.2)


def _both_directions(plan, joined):
    device = {switch.name: switch.device for switch in plan.switches}

    def point(end):
        switch, port = end.split("/")
        return f"{device[switch]}/{port}"

    return frozenset("->".join(map(point, ends)) for one, other in joined for ends in ((one, other), (other, one)))
