"""Bad configuration of optical switches: a clear error at the field or a problem, and no light moves."""
import time

from cloister_lab import session, waiting
from cloister_tests.badinput import light
from cloister_tests.badinput.requests import ask, judge
from cloister_tests.circuits import judge as judge_light

CONFIGURATION = "/network/configuration"
# The leader looks at a new configuration at once, at LLDP when the next is received.
SHOWN_SECONDS = 20
# What a wrong decision would have changed by then.
LATER_SECONDS = 3


def refused(lab, parameters, figures):
    """Fills {"badConfigurations", "badRequests", "contradictions"}."""
    plan = lab.fabric.plan
    lab.cloister.connect(light.SWITCH, light.PORT, light.PEER, 60).expect(200, 201)
    try:
        judge_light.wait_settled(lab)
        before = judge_light.see(lab)
        wrong = [*_mistakes(lab, light.mistakes(plan)), *_requests(light.requests()),
                 *_contradictions(lab, light.contradictions(plan), before)]
        time.sleep(LATER_SECONDS)
        if judge_light.see(lab).ways != before.ways:
            wrong.append("light moved")
    finally:
        session.configure(lab.fabric)
        lab.cloister.disconnect(light.SWITCH, light.PORT, light.PEER)
    figures.update({"badConfigurations": len(light.mistakes(plan)), "badRequests": len(light.requests()),
                    "contradictions": len(light.contradictions(plan))})
    assert not wrong, "; ".join(wrong)


def fault(mistake, answer):
    """What is wrong with ONOS's answer to a mistake, in words; empty if nothing is."""
    if answer.status != 400:
        return f"{answer.status} {answer.text[:200]}, not 400"
    found = answer.json()
    if found.get("field") != mistake.field or mistake.word not in found.get("reason", ""):
        return f"{found.get('field')}: {found.get('reason')}, not {mistake.field}: ... {mistake.word}"
    return ""


def _mistakes(lab, mistakes):
    rest, wrong = lab.onos.rest(), []
    before = rest.get(CONFIGURATION).expect(200).json()
    for mistake in mistakes:
        told = fault(mistake, rest.post(CONFIGURATION + mistake.path, mistake.body))
        if told:
            wrong.append(f"{mistake.name}: {told}")
        if rest.get(CONFIGURATION).expect(200).json() != before:
            wrong.append(f"{mistake.name}: the configuration changed")
            session.configure(lab.fabric)
    return wrong


def _requests(cases):
    told = {case.name: judge(case, ask(case)) for case in cases}
    return [f"{name}: {fault_}" for name, fault_ in told.items() if fault_]


def _contradictions(lab, contradictions, before):
    rest, wrong = lab.onos.rest(), []
    for contradiction in contradictions:
        rest.post(CONFIGURATION + light.FABRIC, contradiction.body).expect(200)
        try:
            waiting.until(lambda: _not_shown(lab, contradiction), SHOWN_SECONDS)
        except waiting.DeadlinePassed as late:
            wrong.append(f"{contradiction.name}: {late}")
        if judge_light.see(lab).ways != before.ways:
            wrong.append(f"{contradiction.name}: light moved")
        session.configure(lab.fabric)
        waiting.until(lambda: "" if _not_shown(lab, contradiction) else f"{contradiction.reason} is still shown",
                      SHOWN_SECONDS)
    return wrong


def _not_shown(lab, contradiction):
    problems = lab.cloister.rest.get("/fabric").expect(200).json()["problems"]
    shown = any(problem["reason"] == contradiction.reason
                and contradiction.word in f"{problem['at']} {problem['message']}" for problem in problems)
    return "" if shown else f"no {contradiction.reason} with {contradiction.word!r} among {problems}"
