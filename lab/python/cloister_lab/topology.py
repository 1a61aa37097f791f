"""The leaf-spine fabric as a plan: names, numbers, addresses and wiring, all derived from a FabricSpec.

Pure: nothing here touches the machine, so that the network configuration and the tests of the numbering
need neither root nor Open vSwitch.
"""
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

from cloister_lab.optical import OpticalSpec, PlannedOpticalSwitch, read_fibres

HOST_MTU = 1500
# A fabric link carries the host's frame and the slice's 802.1Q tag (4 bytes); the rest is slack.
FABRIC_MTU = 1600
DEFAULT_CONTROLLER = "tcp:127.0.0.1:6653"

# Interface names are limited to 15 characters: "spine-999-p999" has 14.
MAX_SWITCHES_PER_ROLE = 999
# Every leaf owns a /24, so that a spine can match a leaf by its prefix.
MAX_HOSTS_PER_LEAF = 254

_ROLE_NIBBLE = {"leaf": 1, "spine": 2}


@dataclass(frozen=True)
class FabricSpec:
    """What to build. Every leaf has one link to every spine, a cable, but where a fibre takes the port at either end.

    leaves, spines: number of switches of each role, at least 1.
    hosts:          host ports (NICs) per leaf.
    nics:           NICs per node. With n > 1 the fabric is rail-optimised: NIC r of a node sits on the r-th leaf of its
                    group of n leaves, so n must divide leaves.
    link_mbit:      limit of every fabric link in each direction in Mbit/s, or None for as fast as the machine is.
    port_buffer:    bytes that a switch port can hold while the switch does not get the processor, or None for the machine's
                    default (some 270 small packets). More keeps a busy machine from losing packets, and lets a link
                    that is overloaded delay them.
    controller:     OpenFlow controller of every switch, or None: the switches then hold only the rules put there by hand.
    protocols:      OpenFlow versions that the switches offer.
    optical_switches: OpticalSpecs, or their fields as JSON has them.
    fibres:         {optical switch: {its port: "leaf-1/5"}}. A port beyond those of the cables is one more fabric port.
    """
    leaves: int = 2
    spines: int = 2
    hosts: int = 4
    nics: int = 1
    link_mbit: int = None
    port_buffer: int = None
    controller: str = DEFAULT_CONTROLLER
    protocols: str = "OpenFlow13"
    optical_switches: tuple = ()
    fibres: dict = field(default_factory=dict)

    def __post_init__(self):
        _check_range("leaves", self.leaves, 1, MAX_SWITCHES_PER_ROLE)
        _check_range("spines", self.spines, 1, MAX_SWITCHES_PER_ROLE)
        _check_range("hosts", self.hosts, 1, MAX_HOSTS_PER_LEAF)
        _check_range("nics", self.nics, 1, self.leaves)
        if self.leaves % self.nics:
            raise ValueError(f"nics: {self.nics} does not divide the {self.leaves} leaves into groups of rails")
        if self.link_mbit is not None:
            _check_range("link_mbit", self.link_mbit, 1, 1_000_000)
        if self.port_buffer is not None:
            _check_range("port_buffer", self.port_buffer, 4096, 1 << 30)
        # frozen, and read from JSON as plain fields
        object.__setattr__(self, "optical_switches", tuple(
            each if isinstance(each, OpticalSpec) else OpticalSpec(**each) for each in self.optical_switches))
        read_fibres(self)

    def standalone(self):
        """The same fabric without a controller, for rules put there by hand, select groups of OpenFlow 1.5 included."""
        return replace(self, controller=None, protocols="OpenFlow13,OpenFlow15")

    def to_json(self):
        return asdict(self)


@dataclass(frozen=True)
class PlannedSwitch:
    name: str
    role: str
    number: int
    host_ports: range
    fabric_ports: tuple

    @property
    def dpid(self):
        """Datapath id: the role in the second hexadecimal digit, the number around it.

        leaf-1 is 0x11, spine-1 0x21, leaf-17 0x111: short where the fabric is small, and never the same twice.
        """
        return (self.number >> 4) << 8 | _ROLE_NIBBLE[self.role] << 4 | self.number & 0xF

    @property
    def device(self):
        """ONOS's device id."""
        return f"of:{self.dpid:016x}"

    def interface(self, port):
        return interface_name(self.name, port)


@dataclass(frozen=True)
class PlannedHost:
    """One NIC of one node, on one port of one leaf."""
    name: str
    node: str
    nic: int
    leaf: str
    port: int
    mac: str
    ip: str
    prefix_length: int


@dataclass(frozen=True)
class PlannedLink:
    leaf: str
    leaf_port: int
    spine: str
    spine_port: int


@dataclass(frozen=True)
class FabricPlan:
    spec: FabricSpec

    @cached_property
    def leaves(self):
        return [PlannedSwitch(f"leaf-{n}", "leaf", n, range(1, self.spec.hosts + 1), self._fabric_ports(f"leaf-{n}"))
                for n in range(1, self.spec.leaves + 1)]

    @cached_property
    def spines(self):
        return [PlannedSwitch(f"spine-{n}", "spine", n, range(0), self._fabric_ports(f"spine-{n}"))
                for n in range(1, self.spec.spines + 1)]

    @property
    def switches(self):
        return self.leaves + self.spines

    @cached_property
    def hosts(self):
        return [self._host(leaf.number, port) for leaf in self.leaves for port in leaf.host_ports]

    @cached_property
    def links(self):
        """The cables: one per leaf and spine, whose port has the leaf's number, but where a fibre takes either port."""
        fibres = {(fibre.switch, fibre.switch_port) for fibre in self.fibres}
        cables = [PlannedLink(f"leaf-{leaf}", self.spec.hosts + spine, f"spine-{spine}", leaf)
                  for leaf in range(1, self.spec.leaves + 1) for spine in range(1, self.spec.spines + 1)]
        return [cable for cable in cables if not fibres & {(cable.leaf, cable.leaf_port), (cable.spine, cable.spine_port)}]

    @cached_property
    def fibres(self):
        """Where the fibres go, by optical switch and port."""
        return read_fibres(self.spec)

    @cached_property
    def optical_switches(self):
        return [PlannedOpticalSwitch(each, number) for number, each in enumerate(self.spec.optical_switches, 1)]

    def unplugged(self, optical_switch):
        """Ports of an optical switch, by its name, that have no fibre."""
        ports = next(each.ports for each in self.spec.optical_switches if each.name == optical_switch)
        plugged = {fibre.port for fibre in self.fibres if fibre.optical_switch == optical_switch}
        return [port for port in range(1, ports + 1) if port not in plugged]

    @cached_property
    def _plugged(self):
        """The fabric ports of each switch that have a cable or a fibre."""
        ports = {}
        for cable in self.links:
            ports.setdefault(cable.leaf, set()).add(cable.leaf_port)
            ports.setdefault(cable.spine, set()).add(cable.spine_port)
        for fibre in self.fibres:
            ports.setdefault(fibre.switch, set()).add(fibre.switch_port)
        return ports

    def _fabric_ports(self, switch):
        return tuple(sorted(self._plugged.get(switch, ())))

    def _host(self, leaf, port):
        group, nic = divmod(leaf - 1, self.spec.nics)
        node = f"gpu-{group * self.spec.hosts + port:03d}"
        high, low = leaf >> 8, leaf & 0xFF
        return PlannedHost(f"{node}-{nic}", node, nic, f"leaf-{leaf}", port,
                           mac=f"02:00:00:{high:02x}:{low:02x}:{port:02x}",
                           ip=f"10.{high}.{low}.{port}",
                           prefix_length=16 if self.spec.leaves < 256 else 8)


def interface_name(switch, port):
    """The switch's end of the link on a port, in the root namespace."""
    return f"{switch}-p{port}"


def _check_range(field, value, low, high):
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{field}: {value!r} is not an integer between {low} and {high}")
