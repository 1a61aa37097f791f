"""How moves are brought into the phases that ONOS is killed in, several at a time: each function returns {phase: move}.

All is held by slow mirrors, slow optics, late answers and a wrong mirror, so that the phases last long enough to be hit.
"""
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from cloister_lab import waiting
from cloister_lab.marks import HOST_VARIABLE
from cloister_tests.circuits import judge
from cloister_tests.lightrestarts import chatter
from cloister_tests.lightrestarts.moves import FIRST, SECOND, ByHand

HIT_SECONDS = 40
SETTLED_SECONDS = 60
# A little more than ONOS takes to count a port's packets twice.
COUNTED_SECONDS = 11
# Within the 10 s that a switch may take, and the 20 s that verifying may.
SLOW_MIRRORS, SLOW_OPTICS = (7000, 0), (100, 17000)
STEADY_MIRRORS = (3000, 0)


@contextmanager
def confirming(lab):
    """A slice's rules are on their way; the light of another waits for confirmation, which nobody but the switch ends."""
    FIRST.ask(lab)
    _until(lambda: _not_at(lab, FIRST, "INSTALLING"))
    (taken, _, _), = FIRST.light(lab)
    other = _other(lab, taken)
    other.control.set_times(*SLOW_MIRRORS)
    SECOND.ask(lab)
    _until(lambda: "" if _pending(other) else f"nothing waits for confirmation on {other.name}")
    yield {"INSTALLING": FIRST, "TUNING": SECOND}


@contextmanager
def undoing(lab):
    """What leads elsewhere than planned is taken back, optics of the other switch are slow, and a slice is just decided.

    That slice has to wait for both switches.
    """
    stray, dark = ByHand("ocs-1", 3, 5), ByHand("ocs-2", 4, 5)
    one, two = lab.fabric.optical_switch("ocs-1"), lab.fabric.optical_switch("ocs-2")
    one.control.set_times(*STEADY_MIRRORS)
    two.control.set_times(*SLOW_OPTICS)
    one.control.fault("mis-steer", port="3", to="7")
    try:
        stray.ask(lab)
        _until(lambda: _not_at(lab, stray, "ROLLING_BACK"))
        dark.ask(lab)
        _until(lambda: _not_at(lab, dark, "VERIFYING"))
        SECOND.ask(lab)
        yield {"ROLLING_BACK": stray, "VERIFYING": dark, "PLANNED": SECOND}
    finally:
        one.control.clear("mis-steer")


@contextmanager
def telling(lab):
    """Busy light gives way, a switch has done what it has not answered, and another move waits for that switch."""
    FIRST.ask(lab)
    waiting.until(lambda: _not_at(lab, FIRST, "ACTIVE"), SETTLED_SECONDS)
    (taken, one, other), = FIRST.light(lab)
    FIRST.remove(lab, SETTLED_SECONDS)
    judge.wait_settled(lab)
    silent = _other(lab, taken)
    drains, told, waits = ByHand(taken, 3, 5), ByHand(silent.name, 4, 5), ByHand(silent.name, 3, 6)
    with _chatter(lab.fabric.optical_switch(taken), one, other):
        time.sleep(COUNTED_SECONDS)
        silent.control.fault("subscribe-late", millis=60000)
        silent.control.fault("deadline-but-applied", millis=60000)
        try:
            told.ask(lab)
            _until(lambda: "" if _pending(silent) else f"{silent.name} was not told")
            waits.ask(lab)
            _until(lambda: _not_at(lab, waits, "SWITCHING"))
            drains.ask(lab)
            _until(lambda: _not_at(lab, drains, "DRAINING"))
            yield {"DRAINING": drains, "SWITCHING after Set": told, "SWITCHING before Set": waits}
        finally:
            silent.control.clear("deadline-but-applied")
            silent.control.clear("subscribe-late")


ALL = {"confirming": confirming, "undoing": undoing, "telling": telling}


def _not_at(lab, move, wanted):
    phase = move.phase(lab)
    return "" if phase == wanted else f"{move} is {phase}, not {wanted}"


def _until(missing):
    waiting.until(missing, HIT_SECONDS, 0.01)


def _other(lab, name):
    return next(switch for switch in lab.fabric.optical_switches.values() if switch.name != name)


def _pending(switch):
    return switch.control.show()["pendingCommit"]


@contextmanager
def _chatter(switch, *ports):
    interfaces = [f"{switch.name}-p{port}" for port in ports]
    process = subprocess.Popen(switch.command(sys.executable, Path(chatter.__file__), *interfaces),
                               env={HOST_VARIABLE: switch.name, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    try:
        yield
    finally:
        process.kill()
        process.wait()
