"""How long a slice takes that light is moved for, split by phase, with switches of three kinds."""
import json
import statistics
import time

from cloister_tests import readback
from cloister_tests.circuits import places
from cloister_tests.circuits.bystander import WAIT_SECONDS, Bystander
from cloister_tests.places import REPORTS

# From the whole less what the hardware takes and what LLDP is waited for, see the report.
WANTED_MILLIS = 500


def run(lab, parameters, figures):
    """parameters: how many "moves" with each kind of switch, "presets" {name: [switching, optics], both in ms}."""
    readback.use(lab, "barrier")
    figures["phasesMillis"], figures["overheadMillisByPreset"] = {}, {}
    try:
        with Bystander(lab) as bystander:
            for preset, times in parameters["presets"].items():
                moves = [_timed(lab, times) for _ in range(parameters["moves"])]
                figures["phasesMillis"][preset] = {phase: _median(move.get(phase, 0) for move in moves)
                                                   for phase in sorted({phase for move in moves for phase in move})}
                figures["overheadMillisByPreset"][preset] = _median(move["overhead"] for move in moves)
        bystander.report(figures)
    finally:
        lab.cloister.delete_all()
        lab.cloister.darken()
        readback.use(lab, readback.DEFAULT)
    figures["overheadMillis"] = max(figures["overheadMillisByPreset"].values())
    figures.update(_transactions())
    print(f"    beyond hardware and LLDP: {figures['overheadMillisByPreset']} ms", flush=True)
    assert figures["overheadMillis"] <= WANTED_MILLIS, f"{figures['overheadMillis']} ms"


def _timed(lab, times):
    """One slice that needs three circuits, none of which is there: milliseconds of each phase, and of the whole."""
    _set_times(lab, 0, 0)
    lab.cloister.darken()
    _set_times(lab, *times)
    began = time.monotonic()
    made = lab.cloister.create(places.MOVER, places.members(lab.fabric, places.MOVER), WAIT_SECONDS, circuits="allow")
    whole, hardware = (time.monotonic() - began) * 1000, sum(times)
    phases = made["phaseMillis"]
    lab.cloister.delete(places.MOVER, WAIT_SECONDS)
    return {**phases, "putToActive": whole, "hardware": hardware,
            "overhead": whole - hardware - phases.get("discovering", 0)}


def _set_times(lab, switching, optics):
    for switch in lab.fabric.optical_switches.values():
        switch.control.set_times(switching, optics)


def _median(values):
    return round(statistics.median(values), 1)


def _transactions():
    """What the driver's own test measured: what it adds to a transaction of many circuits."""
    try:
        measured = json.loads((REPORTS / "transaction.json").read_text())
    except FileNotFoundError:
        return {}
    return {"transactionOverheadMillis": measured["transactionOverheadMillis"]}
