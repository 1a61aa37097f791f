"""Handles on a running fabric, read from its state file: they only use what runs, and own nothing of it."""
import os
import subprocess
from dataclasses import dataclass

from cloister_lab.command import run
from cloister_lab.flows import parse_flows, parse_meters
from cloister_lab.emulator import OpticalSwitch
from cloister_lab.marks import HOST_VARIABLE
from cloister_lab.topology import FabricPlan, FabricSpec, PlannedHost, PlannedLink


class Fabric:
    """A fabric that runs. Names are those of the plan: leaf-1, spine-1, gpu-001-0.

    spec, plan: what was asked for and what follows from it;  switches, hosts, optical_switches: handles by name;
    links: PlannedLinks, the cables.
    """

    def __init__(self, state):
        self.spec = FabricSpec(**state["spec"])
        self.plan = FabricPlan(self.spec)
        pids = {o["name"]: o["pid"] for o in state["opticalSwitches"]}
        self.switches = {s["name"]: Switch.of(s) for s in state["switches"]}
        self.hosts = {h["name"]: Host(**h) for h in state["hosts"]}
        self.links = [PlannedLink(**link) for link in state["links"]]
        self.optical_switches = {o.name: OpticalSwitch(o, {f.port: f.end for f in self.plan.fibres
                                                           if f.optical_switch == o.name}, pids[o.name])
                                 for o in self.plan.optical_switches}

    def switch(self, name):
        return self.switches[name]

    def host(self, name):
        return self.hosts[name]

    def optical_switch(self, name):
        return self.optical_switches[name]

    @property
    def leaves(self):
        return [s for s in self.switches.values() if s.role == "leaf"]

    @property
    def spines(self):
        return [s for s in self.switches.values() if s.role == "spine"]

    def rules(self):
        """The rules of every switch by its name, counters left out: equal before and after means nothing was left."""
        return {switch.name: {flow.key for flow in switch.flows()} for switch in self.switches.values()}

    def hosts_of(self, leaf):
        """The hosts on a leaf, by its name, in the order of its ports."""
        return [h for h in self.hosts.values() if h.leaf == leaf]


@dataclass(frozen=True)
class Host(PlannedHost):
    """A NIC in a network namespace of its own."""
    interface: str
    pid: int
    netns: str

    def command(self, *words):
        """The words of a command that runs in the host's namespace."""
        return ["mnexec", "-a", str(self.pid), *(str(word) for word in words)]

    def run(self, *words, stdin=None, seconds=30, check=True):
        """Runs a command in the namespace to its end and returns what it printed, see command.run."""
        return run(*self.command(*words), stdin=stdin, seconds=seconds, check=check, env=self._environment())

    def popen(self, *words, **options):
        """Starts a command in the namespace. It is killed when the fabric goes, at the latest."""
        options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.Popen(self.command(*words), env=self._environment(), **options)

    def set_neighbours(self, others):
        """Permanent neighbour entries of other hosts, so that this one does not ask for them by ARP."""
        self.run("ip", "-batch", "-", stdin="".join(
            f"neigh replace {other.ip} lladdr {other.mac} dev {self.interface} nud permanent\n" for other in others))

    def flush_neighbours(self, others):
        """Forgets the neighbour entries of other hosts. With an entry goes what waits for its answer: what this host has to
        send to anybody else stays."""
        self.run("ip", "-batch", "-", stdin="".join(
            f"neigh flush to {other.ip} dev {self.interface} nud all\n" for other in others))

    def _environment(self):
        return {**os.environ, HOST_VARIABLE: self.name}


@dataclass(frozen=True)
class Port:
    """A port of a switch. peer is a host's name, or the far end of a fabric link as "spine-1/2"."""
    number: int
    interface: str
    peer: str


@dataclass(frozen=True, eq=False)
class Switch:
    """A bridge of Open vSwitch, spoken to by its own tools. ports: Port by number."""
    name: str
    role: str
    dpid: str
    device: str
    ports: dict

    @classmethod
    def of(cls, state):
        return cls(**{**state, "ports": {port["number"]: Port(**port) for port in state["ports"]}})

    def ofctl(self, verb, *words, options=(), stdin=None, version="OpenFlow13"):
        """Output of `ovs-ofctl OPTIONS VERB this-switch WORDS`."""
        return run("ovs-ofctl", "-O", version, "--no-names", *options, verb, self.name, *words, stdin=stdin)

    def flows(self):
        return parse_flows(self.ofctl("dump-flows"))

    def meters(self):
        """The switch's meters: {number: configuration as ovs-ofctl writes it}."""
        return parse_meters(self.ofctl("dump-meters"))

    def add_flows(self, lines, version="OpenFlow13"):
        """Adds flows written as ovs-ofctl reads them."""
        self.ofctl("add-flows", "-", stdin="".join(line + "\n" for line in lines), version=version)

    def delete_flows(self, match=None):
        """Deletes the flows that a match of ovs-ofctl covers, or all."""
        self.ofctl("del-flows", *([match] if match else []))

    def delete_rule(self, rule):
        """Deletes one flow, as flows() has it, and no other."""
        self.ofctl("del-flows", _exactly(rule), options=["--strict"])

    def change_rule(self, rule, actions):
        """Has one flow do something else."""
        self.ofctl("mod-flows", f"{_exactly(rule)},actions={actions}", options=["--strict"])

    def set_port(self, number, is_up):
        """Takes the switch's end of a link down or up, as a pulled cable would."""
        self.set_ports([number], is_up)

    def set_ports(self, numbers, is_up):
        """The same for several at once."""
        run("ip", "-batch", "-", stdin="".join(
            f"link set {self.ports[number].interface} {'up' if is_up else 'down'}\n" for number in numbers))


def _exactly(rule):
    return f"table={rule.table},priority={rule.priority},{rule.match}"
