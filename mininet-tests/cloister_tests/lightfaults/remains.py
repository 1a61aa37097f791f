"""What a fault must not leave behind: circuits half made, light that nobody knows of, moves without an end."""
import re

from cloister_lab import waiting
from cloister_tests.circuits import judge
from cloister_tests.lightfaults import places

# What a switch is owed is tried again after 10 s, a link of before may be known for 12 s more.
GONE_SECONDS = 40
# A switch that was away is tried again after ever longer times.
BACK_SECONDS = 45
_DEMANDS = re.compile(r'cloister_circuit_demands\{phase="(\w+)"\} ([0-9.]+)')
_DEBTS = re.compile(r"\bcloister-circuit-debts\b.*\bsize=([0-9]+)")


def wait_whole(lab):
    """Waits until light goes where circuits say, in tc as for Cloister, and all of it works."""
    waiting.until(lambda: "; ".join(_not_whole(lab)), GONE_SECONDS, 0.2)


def wait_back(lab):
    """Waits until every optical switch is there to be told of more: circuits of one that is away cannot be removed either."""
    waiting.until(lambda: "; ".join(_away(lab)), BACK_SECONDS, 0.2)


def wait_bare(lab):
    """Waits until nothing is left of what was tried: the circuits of the slices beside alone, their demands alone, and every
    optical switch there to be told of more."""
    wait_back(lab)
    waiting.until(lambda: "; ".join(_not_whole(lab) + _not_bare(lab)), GONE_SECONDS, 0.2)


def end_quarantines(lab):
    """Lets every port be used again. Returns those that were not, each as "SWITCH PORT"."""
    found = [f"{name} {port['name']}" for name, switch in lab.cloister.optical_switches().items()
             for port in switch["ports"] if port.get("quarantine")]
    if found:
        lab.onos.shell(*(f"cloister:circuit-unquarantine {each}" for each in found))
    return found


def debts(lab):
    """How many switches are owed something still."""
    found = _DEBTS.search(lab.onos.shell("maps"))
    assert found, "the shell's maps lists no cloister-circuit-debts"
    return int(found[1])


def _away(lab):
    return [f"{name} is not available: {switch.get('trouble')}" for name, switch in lab.cloister.optical_switches().items()
            if not switch["available"]]


def _not_whole(lab):
    told = {(each["switch"], *sorted(map(int, each["ports"]))): each for each in lab.cloister.circuits()}
    wrong = [f"{circuit} is {each['state']}{' and foreign' if each['foreign'] else ''}"
             for circuit, each in sorted(told.items()) if each["state"] != "CONNECTED" or each["foreign"]]
    seen = judge.see(lab)
    if seen.circuits != told.keys():
        wrong.append(f"light goes by {sorted(seen.circuits)}, and circuits are {sorted(told)}")
    return wrong + judge.disagreements(lab.fabric.plan, seen)


def _not_bare(lab):
    owners = {(each["switch"], *sorted(map(int, each["ports"]))): each["owners"] for each in lab.cloister.circuits()}
    expected = {circuit: [f"slice:{name}"] for name, circuit in places.LIGHT.items()}
    demands = {phase: float(count) for phase, count in _DEMANDS.findall(_metrics(lab)) if float(count)}
    return ([f"circuits and owners: {owners}"] if owners != expected else []) \
        + ([f"demands: {demands}"] if demands != {"ESTABLISHED": len(places.LIGHT)} else [])


def _metrics(lab):
    return lab.cloister.rest.get("/metrics").expect(200).body.decode()
