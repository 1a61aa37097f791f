"""One case after another: a fault before, during or after a move, what becomes of the slice, and what others notice."""
import time
import traceback
from contextlib import contextmanager

from cloister_lab import waiting
from cloister_tests import pings, readback
from cloister_tests.circuits import judge
from cloister_tests.lightfaults import cases, patience, places, remains
from cloister_tests.lightfaults.stage import WAIT_SECONDS, Stage
from cloister_tests.repair import machine

# Long enough to hit: mirrors, then optics, in ms.
SLOW, FAST = (300, 1200), (100, 0)
HIT_SECONDS = 20
# A machine that is busy elsewhere may let the moment pass before anybody looks: then the move is made anew.
HIT_TRIES = 4
REPAIR_SECONDS = 45
SETTLED = ("ACTIVE", "DEGRADED", "FAILED")
# How long a state has to last to be the outcome.
LASTING_SECONDS = 1.0


def run(lab, parameters, figures):
    """parameters: how often each case is repeated ("rounds"), and which kinds ("only", empty for all)."""
    readback.use(lab, "barrier")
    wrong = []
    try:
        with patience.short(lab), Stage(lab) as stage:
            for _ in range(parameters["rounds"]):
                for kind, moment in cases.cases():
                    if not parameters["only"] or kind.name in parameters["only"]:
                        wrong += _attempt(lab, stage, kind, moment, figures)
            owed = remains.debts(lab)
            if owed:
                wrong.append(f"{owed} switches are owed something still")
    finally:
        lab.cloister.delete_all()
        lab.cloister.darken()
        readback.use(lab, readback.DEFAULT)
    assert not wrong, "; ".join(wrong)


def _attempt(lab, stage, kind, moment, figures):
    """Runs a case and returns what is wrong about it."""
    name = f"{kind.name}/{moment}"
    case = Case(lab, stage, kind, moment)
    try:
        case.run()
        wrong = [f"{name}: {each}" for each in case.wrong]
    except Exception as failure:
        traceback.print_exc()
        wrong = [f"{name}: {type(failure).__name__}: {failure}"]
    figures[name] = _worse(figures.get(name), case.figures)
    print(f"    {name}: {case.figures} {'; '.join(wrong)}", flush=True)
    return wrong


def _worse(earlier, figures):
    """Of two rounds the one that says more, with the packets of both."""
    if not earlier:
        return figures
    worse = max((earlier, figures), key=lambda each: (each.get("outcome") not in SETTLED, each.get("outcome") != "ACTIVE",
                                                      each.get("millis", 0)))
    return {**worse, **{name: earlier[name] + figures[name] for name in ("bystanderPacketsSent", "bystanderPacketsLost")}}


class Case:
    """One fault at one moment. figures: {"outcome", "millis", "bystanderPacketsLost", ...};  wrong: what should not be."""

    def __init__(self, lab, stage, kind, moment):
        self._lab, self._stage, self._kind, self._moment = lab, stage, kind, moment
        self._switch = lab.fabric.optical_switch(places.FAULTY)
        self.figures, self.wrong = {}, []

    def run(self):
        # in this order, or what is dropped in between is missed as a packet and not as one that was dropped
        dropped, began = self._stage.dropped(), self._stage.now()
        try:
            with self._fault():
                state, reason = self._outcome()
                self._check_outcome(state, reason)
                self._check_foreign()
            self._check_repair()
        finally:
            self._clean()
            sent, lost = self._stage.lost(began, self._kind.unharmed)
            self.figures.update(bystanderPacketsSent=sent, bystanderPacketsLost=lost)
        if lost:
            by_slice = {name: self._stage.lost(began, (name,))[1] for name in self._kind.unharmed}
            self.figures["droppedByTheMachine"] = machine.between(dropped, self._stage.dropped())
            said = (f"{lost} of {sent} packets of slices lost that do not use the port: {by_slice},"
                    f" dropped by the machine {self.figures['droppedByTheMachine']}")
            print(f"    {said}", flush=True)
            if machine.beyond(lost, self.figures["droppedByTheMachine"]):
                self.wrong.append(said)
        if set(places.LIGHT) <= set(self._kind.unharmed) and not self._stage.light_kept():
            self.wrong.append("the light of other slices moved")

    @contextmanager
    def _fault(self):
        """The slice asked for and the fault there, in the order of the case; the fault is over at the end."""
        try:
            if self._moment == cases.BEFORE:
                self._strike()
                self._ask()
            elif self._moment == cases.DURING:
                self._ask_and_hit()
                self._strike()
            else:
                self._ask(wait=WAIT_SECONDS)
                assert self._over_the_port(self._slice()), "the slice has other light than that which the fault concerns"
                self._strike()
            yield
        finally:
            self._switch.control.clear(self._kind.name)

    def _ask_and_hit(self):
        """Asks for the slice and returns while light moves for it."""
        for _ in range(HIT_TRIES):
            self._set_times(SLOW)
            self._ask()
            waiting.until(lambda: "" if self._moves() else self._not_settled(), HIT_SECONDS, interval=0.01)
            if self._moves():
                return
            waiting.until(self._not_settled, WAIT_SECONDS)
            slice_ = self._slice()
            assert slice_["state"] == "ACTIVE" and self._over_the_port(slice_), \
                f"without a fault the slice is {slice_['state']}, and its light is {slice_.get('allocation')}"
            self._clean()
        raise AssertionError(f"no circuit of {places.FAULTY} was seen pending in {HIT_TRIES} moves")

    def _strike(self):
        self._struck = time.monotonic()
        self._switch.control.fault(self._kind.name, **self._kind.parameters_at(self._moment))

    def _ask(self, wait=0):
        hosts = places.members(self._lab.fabric, places.SUBJECT)
        self._lab.cloister.put(places.SUBJECT, hosts, wait=wait, circuits="allow").expect(200, 201, 202)

    def _outcome(self):
        """The first state that lasts, and what the slice says of it. ACTIVE counts once its members reach each other."""
        found, since = None, time.monotonic()
        deadline = time.monotonic() + self._kind.seconds
        while True:
            slice_ = self._slice()
            self._look_for_rules()
            now = slice_["state"], self._over_the_port(slice_)
            if now != found:
                found, since = now, time.monotonic()
            if self._may_last(*found) and time.monotonic() - since >= LASTING_SECONDS:
                if found[0] != "ACTIVE" or self._kind.lossy or not self._silent():
                    break
                since = time.monotonic()
            if time.monotonic() > deadline:
                self.wrong.append(f"still {found[0]}{' over the faulty port' if found[1] else ''} after {self._kind.seconds:g} s")
                break
            time.sleep(0.05)
        found, over = found
        # what was ACTIVE all the time is so 0 ms after the fault
        self.figures.update(outcome=found, millis=max(0, round((since - self._struck) * 1000)), overFaultyPort=over)
        reason = "; ".join(f"{each['reason']}: {each['message']}" for each in slice_["conditions"] if each["status"])
        if found != "ACTIVE":
            self.figures["reason"] = reason
        return found, reason

    def _slice(self):
        return self._lab.cloister.slice(places.SUBJECT)

    @staticmethod
    def _over_the_port(slice_):
        """Whether light at the faulty port is the slice's."""
        return any(each["switch"] == places.FAULTY and str(places.PORT) in map(str, each["ports"])
                   for each in (slice_.get("allocation") or {}).get("circuits", ()))

    def _may_last(self, state, over):
        """Whether what a slice is can be the outcome: not ACTIVE over a port that does not work."""
        return state in SETTLED and not (state == "ACTIVE" and over and self._moment in self._kind.avoided)

    def _look_for_rules(self):
        if not self._kind.unlinked or self._moment == cases.AFTER or self.wrong:
            return
        switch, port = places.END.split("/")
        used = [flow.key for flow in self._lab.fabric.switch(switch).flows() if f"output:{port}" in flow.actions.split(",")]
        if used:
            self.wrong.append(f"rules of {switch} use port {port}, which leads nowhere: {used}")

    def _check_outcome(self, state, reason):
        if state == "ACTIVE":
            return
        if state not in self._kind.else_:
            self.wrong.append(f"the slice is {state}")
        elif places.FAULTY not in reason or not any(word in reason for word in self._kind.words):
            self.wrong.append(f"the reason does not name {places.FAULTY} and one of {self._kind.words}: {reason!r}")

    def _check_foreign(self):
        """Light that somebody else made stays where it is."""
        parameters = self._kind.parameters_at(self._moment)
        if "one" in parameters:
            light = (places.FAULTY, int(parameters["one"]), int(parameters["other"]))
            if light not in judge.see(self._lab).circuits:
                self.wrong.append(f"{light}, which somebody else made, is not there any more")

    def _check_repair(self):
        """Once the fault is over the slice carries on, or can be had."""
        if self._slice()["state"] == "FAILED":
            self._lab.cloister.delete(places.SUBJECT, WAIT_SECONDS)
            self._ask(wait=0)
        self.figures["repairSeconds"] = round(self._lab.cloister.wait_active(places.SUBJECT, REPAIR_SECONDS, 0.1), 1)
        remains.wait_whole(self._lab)
        # what it had until now may have been part of the fault
        self._lab.cloister.wait_active(places.SUBJECT, REPAIR_SECONDS, 0.1)
        silent = self._silent(pings.PATIENCE_SECONDS)
        if silent:
            self.wrong.append(f"the slice is ACTIVE again, and no answer: {silent}")

    def _silent(self, patience=1):
        """Who of the slice does not reach whom, in words."""
        pairs = pings.between(places.members(self._lab.fabric, places.SUBJECT))
        return ", ".join(f"{one.name} -> {other.name}" for (one, other), reached in zip(pairs, pings.answered(pairs, patience))
                         if not reached)

    def _clean(self):
        self._set_times(FAST)
        self._lab.cloister.delete(places.SUBJECT, WAIT_SECONDS)
        remains.wait_back(self._lab)
        self._lab.cloister.darken()
        quarantined = remains.end_quarantines(self._lab)
        if quarantined:
            self.figures["quarantined"] = quarantined
        remains.wait_bare(self._lab)

    def _moves(self):
        return any(each["switch"] == places.FAULTY and each["state"] == "PENDING" for each in self._lab.cloister.circuits())

    def _not_settled(self):
        state = self._slice()["state"]
        return "" if state in SETTLED else f"no circuit of {places.FAULTY} is pending, and the slice is {state}"

    def _set_times(self, times):
        for switch in self._lab.fabric.optical_switches.values():
            switch.control.set_times(*times)
