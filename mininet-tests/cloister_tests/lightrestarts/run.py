"""ONOS killed during each phase of a move, and started again: the move ends either way, and nobody else's light moves."""
import time
import traceback

from cloister_lab import session, waiting
from cloister_tests import readback
from cloister_tests.circuits import judge
from cloister_tests.lightfaults import places
from cloister_tests.lightfaults.stage import WAIT_SECONDS, Stage
from cloister_tests.repair.settings import rules_kept

# Long enough to hit every phase: mirrors, then optics, in ms.
SLOW = (1500, 2500)
HIT_SECONDS = 30
BACK_SECONDS = 60
DONE_SECONDS = 60
PHASES = ("DRAINING", "SWITCHING", "TUNING", "VERIFYING")


def run(lab, parameters, figures):
    """parameters: how often each phase is hit ("rounds")."""
    wrong = []
    try:
        with rules_kept(lab), Stage(lab) as stage:
            for _ in range(parameters["rounds"]):
                for phase in PHASES:
                    wrong += _attempt(lab, stage, phase, figures)
    finally:
        lab.cloister.delete_all()
        lab.cloister.darken()
        readback.use(lab, readback.DEFAULT)
    assert not wrong, "; ".join(wrong)


def _attempt(lab, stage, phase, figures):
    found = figures.setdefault(phase, {})
    try:
        return [f"{phase}: {each}" for each in _killed(lab, stage, phase, found)]
    except Exception as failure:
        traceback.print_exc()
        return [f"{phase}: {type(failure).__name__}: {failure}"]
    finally:
        print(f"    {phase}: {found}", flush=True)
        _set_times(lab, (0, 0))
        lab.cloister.delete(places.SUBJECT, WAIT_SECONDS)
        lab.cloister.disconnect(places.FAULTY, places.PORT, places.PEER)


def _killed(lab, stage, phase, figures):
    """Returns what is wrong."""
    began = stage.now()
    _set_times(lab, SLOW)
    hosts = places.members(lab.fabric, places.SUBJECT)
    lab.cloister.put(places.SUBJECT, hosts, wait=0, circuits="allow").expect(202)
    waiting.until(lambda: _not_in(lab, phase), HIT_SECONDS, interval=0.005)
    lab.onos.kill()
    lab.onos.start()
    lab.onos.wait_ready(say=_quiet)
    session.wait_visible(lab.fabric, say=None)
    session.wait_optical(lab.fabric, say=None)
    back = time.monotonic()
    waiting.until(lambda: _not_done(lab), DONE_SECONDS)
    state = lab.cloister.slice(places.SUBJECT)["state"]
    judge.wait_settled(lab)
    sent, lost = stage.lost(began, list(places.LIGHT))
    figures.update(outcome=state, millis=round((time.monotonic() - back) * 1000),
                   bystanderPacketsSent=sent, bystanderPacketsLost=lost)
    return ([f"{lost} of {sent} packets of running slices lost"] if lost else []) \
        + ([] if stage.light_kept() else ["the light of running slices moved"])


def _not_in(lab, phase):
    """What keeps the move from being in a phase, in words."""
    slice_ = lab.cloister.slice(places.SUBJECT)
    now = slice_.get("circuitPhase")
    return "" if now == phase else f"the move is in phase {now}, the slice is {slice_['state']}"


def _not_done(lab):
    status = lab.cloister.rest.get("/fabric").status
    if status != 200:
        return f"GET fabric answers {status}"
    state = lab.cloister.slice(places.SUBJECT)["state"]
    return "" if state in ("ACTIVE", "FAILED") else f"the slice is {state}"


def _set_times(lab, times):
    for switch in lab.fabric.optical_switches.values():
        switch.control.set_times(*times)


def _quiet(_):
    pass
