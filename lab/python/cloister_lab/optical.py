"""The optical switches of a fabric as a plan: names, addresses, and which packet port each port's fibre goes to.

Pure, like topology: nothing here touches the machine.
"""
import re
from dataclasses import dataclass

from cloister_lab import paths

PRESETS = ("piezo", "mems", "photonic", "instant")
GNMI_PORT = 9339
USER = "cloister"
# Interface names are limited to 15 characters: "ocs-00001-p9999" has 15.
_NAME = re.compile(r"[a-z][a-z0-9-]{0,8}")
_END = re.compile(r"((?:leaf|spine)-[1-9][0-9]{0,2})/([1-9][0-9]{0,2})")
MOST_PORTS = 4096
# A /30 of 192.0.2.0/24 (for documentation, so nobody's) for the management of each.
MOST_SWITCHES = 63


@dataclass(frozen=True)
class OpticalSpec:
    """One optical switch.

    preset: how fast it is, see the emulator;  switching_millis, optics_millis: in place of the preset's, where given.
    """
    name: str
    ports: int
    preset: str = "piezo"
    switching_millis: float = None
    optics_millis: float = None

    def __post_init__(self):
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name):
            raise ValueError(f"optical_switches: name: {self.name!r} is not a name of at most 9 lower-case letters,"
                             " digits and hyphens")
        if isinstance(self.ports, bool) or not isinstance(self.ports, int) or not 2 <= self.ports <= MOST_PORTS:
            raise ValueError(f"optical_switches: {self.name}: ports: {self.ports!r} is not between 2 and {MOST_PORTS}")
        if self.preset not in PRESETS:
            raise ValueError(f"optical_switches: {self.name}: preset: {self.preset!r} is none of {', '.join(PRESETS)}")


@dataclass(frozen=True)
class PlannedOpticalSwitch:
    spec: OpticalSpec
    number: int

    @property
    def name(self):
        return self.spec.name

    @property
    def device(self):
        """ONOS's device id."""
        return f"ocs:{self.name}"

    @property
    def address(self):
        """Where its management server is."""
        return f"192.0.2.{4 * self.number + 2}"

    @property
    def gateway(self):
        """The other end of its management link."""
        return f"192.0.2.{4 * self.number + 1}"

    def interface(self, port):
        return port_interface(self.name, port)


@dataclass(frozen=True)
class PlannedFibre:
    """From a port of an optical switch to a port of a packet switch."""
    optical_switch: str
    port: int
    switch: str
    switch_port: int

    @property
    def end(self):
        return f"{self.switch}/{self.switch_port}"


@dataclass(frozen=True)
class Files:
    """What one optical switch has on disk while it runs."""
    name: str

    @property
    def directory(self):
        return paths.OPTICAL / self.name

    @property
    def certificate(self):
        return self.directory / "certificate.pem"

    @property
    def key(self):
        return self.directory / "key.pem"

    @property
    def password(self):
        return self.directory / "password"

    @property
    def control(self):
        return self.directory / "control.sock"

    @property
    def state(self):
        return self.directory / "state"

    @property
    def pid(self):
        return self.directory / "emulator.pid.json"

    @property
    def log(self):
        return self.directory / "emulator.log"


def port_interface(name, port):
    """The optical switch's end of a fibre, in its namespace."""
    return f"{name}-p{port}"


def read_fibres(spec):
    """The PlannedFibres of a FabricSpec, in the order of switches and ports. Raises ValueError at the field."""
    switches = {each.name: each for each in spec.optical_switches}
    if len(switches) != len(spec.optical_switches) or len(switches) > MOST_SWITCHES:
        raise ValueError(f"optical_switches: more than {MOST_SWITCHES}, or two of the same name")
    found, taken = [], {}
    for name, ports in spec.fibres.items():
        if name not in switches:
            raise ValueError(f"fibres: {name!r} is none of optical_switches")
        for port, end in ports.items():
            fibre = _read_fibre(spec, switches[name], str(port), end)
            where = f"{name}/{port}"
            if taken.setdefault(fibre.end, where) != where:
                raise ValueError(f"fibres: {where}: {end!r} has a fibre to {taken[fibre.end]} already")
            found.append(fibre)
    return sorted(found, key=lambda fibre: (list(switches).index(fibre.optical_switch), fibre.port))


def _read_fibre(spec, optical, port, end):
    where = f"fibres: {optical.name}/{port}"
    if not port.isdecimal() or not 1 <= int(port) <= optical.ports:
        raise ValueError(f"{where}: no such port, {optical.name} has 1 to {optical.ports}")
    match = _END.fullmatch(end)
    if not match:
        raise ValueError(f"{where}: {end!r} is no port such as 'leaf-1/5'")
    switch, switch_port = match[1], int(match[2])
    role, _, number = switch.partition("-")
    if int(number) > (spec.leaves if role == "leaf" else spec.spines):
        raise ValueError(f"{where}: {end!r}: there is no {switch}")
    if role == "leaf" and switch_port <= spec.hosts:
        raise ValueError(f"{where}: {end!r} is a host port")
    return PlannedFibre(optical.name, int(port), switch, switch_port)
