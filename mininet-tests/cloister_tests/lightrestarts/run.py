"""ONOS killed in every phase of a move, and started again: moves end either way, and nobody else's light moves."""
import time
import traceback

from cloister_lab import session, waiting
from cloister_tests.circuits import judge
from cloister_tests.lightfaults import places, remains
from cloister_tests.lightfaults.stage import WAIT_SECONDS, Stage
from cloister_tests.lightrestarts import kills, moves
from cloister_tests.lightrestarts.sampler import Sampler
from cloister_tests.repair import machine
from cloister_tests.repair.settings import rules_kept

# How often moves are brought to their phases: some of these last for a moment only, by ONOS's own clock, and may be over
# before all are there.
HIT_TRIES = 4
BACK_SECONDS = 60
DONE_SECONDS = 90
FAST = (0, 0)


def run(lab, parameters, figures):
    """parameters: how often ONOS is killed in each way ("rounds"), and in which ways ("kills", see kills.ALL)."""
    wrong = []
    try:
        with rules_kept(lab), Stage(lab) as stage, Sampler(lab.fabric, places.LIGHT.values()) as sampler:
            for _ in range(parameters["rounds"]):
                for name in parameters["kills"]:
                    wrong += _attempt(lab, stage, sampler, name, figures)
        figures["samplesOfLight"] = sampler.samples
    finally:
        lab.cloister.delete_all()
        lab.cloister.darken()
    assert not wrong, "; ".join(wrong)


def _attempt(lab, stage, sampler, name, figures):
    """Returns what is wrong."""
    try:
        return [f"{name}: {each}" for each in _killed(lab, stage, sampler, kills.ALL[name], figures)]
    except Exception as failure:
        traceback.print_exc()
        return [f"{name}: {type(failure).__name__}: {failure}"]
    finally:
        _clean(lab)


def _killed(lab, stage, sampler, kill, figures):
    receivers = [host for name in places.LIGHT for host in places.members(lab.fabric, name)]
    # in this order, or what is dropped in between is missed as a packet and not as one that was dropped
    dropped, began = machine.dropped(receivers), stage.now()
    hit, died, killed = _kill(lab, stage, kill)
    _set_times(lab)
    lab.onos.start()
    lab.onos.wait_ready(say=_quiet)
    waiting.until(lambda: _not_back(lab), BACK_SECONDS)
    back = time.monotonic()
    ends = _ends(lab, hit)
    session.wait_visible(lab.fabric, say=None)
    session.wait_optical(lab.fabric, say=None)
    judge.wait_settled(lab)
    wrong = [f"{phase}: {move} is forgotten or did not end: {move.phase(lab)}"
             for phase, move in hit.items() if phase not in ends]
    known = {str(move): (ends[phase][0], move.light(lab)) for phase, move in hit.items()
             if phase in ends and (ends[phase][0] == moves.COMPLETED or isinstance(move, moves.ByHand))}
    pending = {each.name: each.control.show()["pendingCommit"] for each in lab.fabric.optical_switches.values()}
    wrong += moves.left_undone(known, judge.see(lab).circuits, pending)
    sent, lost = stage.lost(began, list(places.LIGHT))
    by_machine = machine.between(dropped, machine.dropped(receivers))
    if lost:
        print(f"    lost {stage.passage(began, killed).lost} before and {stage.passage(killed, stage.now())} since the kill"
              f" {(killed - began) / 1e9:.1f} s after {began}; by the machine"
              f" {by_machine}", flush=True)
    for phase in hit:
        outcome, moment = ends.get(phase, (None, None))
        figures[phase] = {"outcome": outcome, "millis": moment and round((moment - died) * 1000),
                          "restartMillis": round((back - died) * 1000),
                          "circuitsOfOthersChanged": len(sampler.changed),
                          "bystanderPacketsSent": sent, "bystanderPacketsLost": lost,
                          "droppedByTheMachine": by_machine}
        print(f"    {phase}: {figures[phase]}", flush=True)
    if sampler.changed:
        wrong.append(f"circuits of running slices were not there, so often: {sampler.changed}")
    beyond = machine.beyond(lost, by_machine)
    return wrong + ([f"{lost} of {sent} packets of running slices lost, {beyond} of them not by the machine"]
                    if beyond else [])


def _kill(lab, stage, kill):
    """Kills ONOS while moves are in the phases that they are held in. Returns ({phase: move}, and when: twice, by the clock
    and by the stage's)."""
    for _ in range(HIT_TRIES):
        try:
            remains.wait_bare(lab)
            with kill(lab) as hit:
                seen = {phase: move.phase(lab) for phase, move in hit.items()}
                missed = [f"{phase} was not hit: {seen[phase]}" for phase in hit if not _is_in(phase, seen[phase])]
                if not missed:
                    lab.onos.kill()
                    print(f"    killed in {seen}", flush=True)
                    return hit, time.monotonic(), stage.now()
        except waiting.DeadlinePassed as passed:
            missed = [str(passed)]
        print(f"    not killed: {'; '.join(missed)}", flush=True)
        _give_up(lab)
    raise AssertionError("; ".join(missed))


def _give_up(lab):
    """Moves that did not come to their phases, and what there is of them."""
    for switch in lab.fabric.optical_switches.values():
        # what was to be told late would still be, before all that is new
        switch.control.fault("subscribe-drop")
    _clean(lab)
    # light that was on its way is there only now, and idle
    remains.wait_whole(lab)
    _clean(lab)


def _is_in(phase, seen):
    """A slice has no phases of light of its own: while that is told and settles the slice is SWITCHING."""
    return seen == phase.split()[0] or seen == "SWITCHING" and phase in ("TUNING", "PLANNED")


def _ends(lab, hit):
    """{phase: (outcome, when it was seen)} of all that end in time."""
    ends, deadline = {}, time.monotonic() + DONE_SECONDS
    while len(ends) < len(hit) and time.monotonic() < deadline:
        for phase, move in hit.items():
            outcome = moves.outcome(move.phase(lab))
            if outcome and phase not in ends:
                ends[phase] = outcome, time.monotonic()
        time.sleep(0.05)
    return ends


def _not_back(lab):
    """Slices and circuits are services of their own, which come one after the other."""
    answers = {path: lab.cloister.rest.get(path).status for path in ("/fabric", "/circuits")}
    return ", ".join(f"GET {path} answers {status}" for path, status in answers.items() if status != 200)


def _clean(lab):
    _set_times(lab)
    for move in (moves.FIRST, moves.SECOND):
        move.remove(lab, WAIT_SECONDS)
    held = [places.LIGHT[name] for name in (places.NEAR, places.FAR)]
    for each in lab.cloister.circuits():
        circuit = each["switch"], *map(int, each["ports"])
        if circuit not in held and not each["foreign"]:
            lab.cloister.disconnect(*circuit, wait=WAIT_SECONDS)
    remains.end_quarantines(lab)


def _set_times(lab):
    for switch in lab.fabric.optical_switches.values():
        switch.control.set_times(*FAST)


def _quiet(_):
    pass
