"""Sends bad requests to a running Cloister: each is refused as it should be, and changes nothing."""
import time

from cloister_lab.rest import JSON, Rest
from cloister_tests.badinput.cases import HELD, NOTHING, cases
from cloister_tests.cloister import Cloister

FEWEST = 30
# A rule that a refused request left on its way would be on the switch by then.
LATER_SECONDS = 3
PROBLEM = "application/problem+json"
TYPES = "/cloister/v1/problems/"


def refused(lab, parameters, figures):
    """Fills {"cases", "wrongStatus", "stateChanged"}; parameters: {"held": ports of the slice that is there, by leaf}."""
    held = [host.name for leaf in lab.fabric.leaves for host in lab.fabric.hosts_of(leaf.name)
            if host.port in parameters["held"].get(leaf.name, [])]
    free = [name for name in lab.fabric.hosts if name not in held]
    Cloister("slurm", "slurm").create(HELD, held)

    before = _state(lab)
    wrong, changed, sent = [], [], cases(free, held)
    for case in sent:
        fault = judge(case, ask(case))
        if fault:
            wrong.append(f"{case.name}: {fault}")
        if _state(lab) != before:
            changed.append(case.name)
            before = _state(lab)
    time.sleep(LATER_SECONDS)
    if _state(lab) != before:
        changed.append(f"one of them, within {LATER_SECONDS} s")
    figures.update({"cases": len(sent), "wrongStatus": len(wrong), "stateChanged": len(changed)})
    assert len(sent) >= FEWEST
    assert not wrong, "; ".join(wrong)
    assert not changed, f"changed by: {', '.join(changed)}"


def judge(case, answer):
    """What is wrong with an answer, in words; empty if nothing is."""
    if answer.status != case.status:
        return f"{answer.status} {answer.text[:200]}, not {case.status}"
    if case.type is None:
        return ""
    if answer.headers.get("Content-Type") != PROBLEM:
        return f"Content-Type {answer.headers.get('Content-Type')}"
    problem = answer.json()
    if (problem["type"], problem["status"]) != (TYPES + case.type, case.status):
        return f"type {problem['type']} and status {problem['status']}, not {case.type} and {case.status}"
    named = [(error["pointer"], error["value"]) for error in problem["errors"]]
    if case.value is not NOTHING and (case.pointer, case.value) not in named:
        return f"names {named}, not {(case.pointer, case.value)}"
    return ""


def ask(case):
    """Sends a case as its user. Returns the answer."""
    rest = Rest(case.user, case.password or case.user, prefix="/cloister/v1")
    headers = dict(case.headers)
    return rest.request(case.method, case.path, case.body, headers.pop("Content-Type", JSON), headers)


def _state(lab):
    """What a refused request must leave as it is: every slice, every rule of every switch."""
    return lab.cloister.slices(), lab.fabric.rules()
