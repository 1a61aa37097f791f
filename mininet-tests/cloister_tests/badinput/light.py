"""Bad configuration of light, and bad requests for it: data, made for the plan of a fabric with optical switches."""
import copy
from dataclasses import dataclass

from cloister_lab import netcfg
from cloister_tests.badinput.cases import NOTHING, Case

ADMINISTRATOR = "fabric-admin"
FABRIC = f"/apps/{netcfg.APPLICATION}/fabric"
# What is there while the cases are tried.
SWITCH, PORT, PEER = "ocs-1", 1, 5


@dataclass(frozen=True)
class Mistake:
    """A configuration that is refused: by which path below /network/configuration, at which field, in which words."""
    name: str
    path: str
    body: dict
    field: str
    word: str


@dataclass(frozen=True)
class Contradiction:
    """A configuration that only turns out to be wrong beside what is there: accepted, and shown as a problem."""
    name: str
    body: dict
    reason: str
    word: str


def mistakes(plan):
    device = next(iter(netcfg.optical_devices(plan).values()))["ocs"]

    def of_device(name, field, word, device_id="ocs:ocs-9", **fields):
        return Mistake(name, f"/devices/{device_id}/ocs", {**device, **fields}, field, word)

    def of_fibre(name, port, end, word):
        return Mistake(name, FABRIC, _with_fibre(plan, port, end), f"/fibres/{SWITCH}/{port}", word)

    return [
        of_device("an unknown dialect", "/dialect", "ocp-gnmi", dialect="tl1"),
        of_device("an address with a port", "/address", "host name", address="192.0.2.2:9339"),
        of_device("a port that no server has", "/port", "65535", port=70_000),
        of_device("a password for everybody to read", "/password", "passwordFile", password="hunter2"),
        of_device("a trust that is no file", "/tls/trust", "absolute", tls={"trust": "ca.pem"}),
        of_device("a field that there is not", "/user", "no such field", user="cloister"),
        of_device("a packet switch spoken to as an optical one", "", "ocs:", device_id="of:0000000000000011"),
        of_fibre("two fibres at one port", "2", f"leaf-1/{_port(plan, 'leaf-1')}", f"{SWITCH} port 1"),
        of_fibre("a fibre to a host port", "2", "leaf-2/1", "not a fabric port"),
        of_fibre("a fibre to no switch", "2", "leaf-9/5", "names no switch"),
        of_fibre("a fibre to no port", "2", "leaf-2", "switch/number"),
    ]


def contradictions(plan):
    """What can only be told beside what switches say and LLDP finds, while a circuit joins PORT and PEER of SWITCH."""
    value = netcfg.application(plan)
    wrong_name, unknown, swapped = (copy.deepcopy(value) for _ in range(3))
    wrong_name["fibres"][SWITCH]["99"] = wrong_name["fibres"][SWITCH].pop("2")
    unknown["fibres"]["ocs-9"] = {"1": unknown["fibres"][SWITCH].pop("2")}
    ends = swapped["fibres"][SWITCH]
    ends["1"], ends["2"] = ends["2"], ends["1"]
    return [
        Contradiction("a port that the optical switch does not have", wrong_name, "OpticalPortUnknown", f"{SWITCH}/99"),
        Contradiction("an optical switch that is no device", unknown, "OpticalSwitchUnknown", "ocs-9"),
        Contradiction("fibres that LLDP contradicts", swapped, "LinkMiswired", "contradicts the circuits"),
    ]


def requests():
    """Bad requests for circuits."""
    def circuit(name, status, type_, path, pointer="", value=NOTHING, **more):
        return Case(name, status, type_, None, pointer, value, path=f"/circuits/{path}", user=ADMINISTRATOR, **more)

    return [
        circuit("a port by a wrong name", 422, "unknown-port", f"{SWITCH}/99/2", "port", "99"),
        circuit("a peer by a wrong name", 422, "unknown-port", f"{SWITCH}/2/leaf-1%2F5", "peer", "leaf-1/5"),
        circuit("a plan with a wrong port", 422, "unknown-port", f"{SWITCH}/99/2?dryRun=true", "port", "99"),
        circuit("an unknown optical switch", 422, "unknown-switch", "ocs-9/1/5", "switch", "ocs-9"),
        circuit("a second circuit at a port", 409, "circuit-in-use", f"{SWITCH}/{PORT}/6"),
        circuit("a plan of a second circuit at a port", 409, "circuit-in-use", f"{SWITCH}/{PORT}/6?dryRun=true"),
        circuit("a circuit that is not there, removed", 404, "not-found", f"{SWITCH}/2/6", method="DELETE"),
    ]


def _with_fibre(plan, port, end):
    value = copy.deepcopy(netcfg.application(plan))
    value["fibres"][SWITCH][port] = end
    return value


def _port(plan, leaf):
    """The leaf's port with a fibre to SWITCH."""
    return next(fibre.switch_port for fibre in plan.fibres if fibre.optical_switch == SWITCH and fibre.switch == leaf)
