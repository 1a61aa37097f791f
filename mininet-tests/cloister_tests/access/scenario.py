"""Acceptance of access and leases: roles, other owners' slices, generated requests, leases that run out."""
import time

from cloister_lab import session, waiting
from cloister_lab.rest import Rest, RestUnreachable
from cloister_tests.access import generated, walk
from cloister_tests.access.rules import OWNER
from cloister_tests.cloister import Cloister
from cloister_tests.repair.settings import rules_kept

HELD, BRIEF, KEPT, ORPHAN = "access-held", "access-brief", "access-kept", "access-orphan"
LEASE_SECONDS = 60
# From the end of a lease until the slice is gone, its rules read back; the leader is woken when it ends.
GONE_SECONDS = 30
# ONOS starts, sees the switches and reads their rules at its polls.
BACK_SECONDS = 120


def run(lab, parameters, figures):
    """parameters: {"requests": how many to generate, "seed"}."""
    owner = Cloister(OWNER, OWNER)
    with rules_kept(lab):
        hosts = {name: lab.fabric.hosts_of(name) for name in ("leaf-1", "leaf-2")}
        pairs = list(zip(hosts["leaf-1"], hosts["leaf-2"]))
        spec = _spec(owner.create(HELD, pairs[0]))
        _walk(lab, spec, figures)
        faults = generated.send(lab, owner, parameters["requests"], parameters["seed"], figures)
        assert not faults, "; ".join(faults[:5])

        tag, orphaned = _runs_out(lab, owner, pairs[1:], figures)
        _runs_out_while_down(lab, owner, tag, orphaned, figures)


def _walk(lab, spec, figures):
    document = lab.cloister.rest.get("/openapi.json").expect(200).json()
    asked, faults = walk.ask_all(document, HELD, spec, lambda: _state(lab))
    of_onos, more = walk.ask_onos()
    figures.update({"operations": len(walk.operations(document)), "asked": asked, "askedOfOnos": of_onos,
                    "wrongStatus": len(faults) + len(more)})
    assert not faults and not more, "; ".join((faults + more)[:8])


def _runs_out(lab, owner, pairs, figures):
    """A slice that nobody renews goes when its lease ends, not before; one that is renewed stays.

    Returns the tag of a slice whose lease ends soon after that, and when it was made.
    """
    lent = time.monotonic()
    brief = owner.create(BRIEF, pairs[0][:1], leaseSeconds=LEASE_SECONDS)
    owner.create(KEPT, pairs[0][1:], leaseSeconds=LEASE_SECONDS)
    waiting.until(lambda: time.monotonic() < lent + LEASE_SECONDS * 2 / 3 and "most of the lease", LEASE_SECONDS)
    owner.rest.post(f"/slices/{KEPT}/renew", {"leaseSeconds": 3600}).expect(200)
    orphaned = time.monotonic()
    orphan = owner.create(ORPHAN, pairs[1], leaseSeconds=LEASE_SECONDS)
    waiting.until(lambda: _there(owner, BRIEF), LEASE_SECONDS + GONE_SECONDS)
    lived = time.monotonic() - lent
    figures["leaseLivedSeconds"] = round(lived, 1)
    assert lived >= LEASE_SECONDS, f"{BRIEF} went after {lived:.1f} s, leased for {LEASE_SECONDS} s"
    left = _rules_of(lab, brief["allocation"]["tag"])
    assert not left, f"rules of {BRIEF} are left: {left[:3]}"
    assert owner.slice(KEPT)["state"] == "ACTIVE"
    return orphan["allocation"]["tag"], orphaned


def _runs_out_while_down(lab, owner, tag, lent, figures):
    """ONOS is killed before a lease ends and started after it: the slice goes, others stay as they are."""
    before = len(_rules_of(lab, tag))
    assert before, f"no rules of {ORPHAN} before ONOS is killed"
    left = lent + LEASE_SECONDS - time.monotonic()
    assert left > 0, f"the lease of {ORPHAN} ended {-left:.1f} s before ONOS could be killed"
    held = _rules_of(lab, owner.slice(HELD)["allocation"]["tag"])
    lab.onos.kill()
    waiting.until(lambda: time.monotonic() < lent + LEASE_SECONDS + 1 and "the lease to end", LEASE_SECONDS + 5)
    assert len(_rules_of(lab, tag)) == before, "rules went though nobody was there to take them away"
    lab.onos.start()
    started = time.monotonic()
    lab.onos.wait_ready(say=_quiet)
    waiting.until(_not_ready, BACK_SECONDS)
    figures["readyAfterRestartSeconds"] = round(time.monotonic() - started, 1)
    session.wait_visible(lab.fabric, say=None)
    waiting.until(lambda: _there(owner, ORPHAN), BACK_SECONDS)
    figures["orphanGoneAfterRestartSeconds"] = round(time.monotonic() - started, 1)
    assert not _rules_of(lab, tag), f"rules of {ORPHAN} are left: {_rules_of(lab, tag)[:3]}"
    for name in (HELD, KEPT):
        owner.wait_active(name, BACK_SECONDS, 0.2)
    assert _rules_of(lab, owner.slice(HELD)["allocation"]["tag"]) == held, f"rules of {HELD} changed"


def _not_ready():
    """What the readiness resource says is missing; asked without credentials, as a load balancer does."""
    try:
        answer = Rest(None, prefix="/cloister/v1").get("/ready")
    except RestUnreachable as silent:
        return str(silent)
    return "" if answer.status == 200 else f"GET ready answers {answer.status}: {answer.text[:200]}"


def _there(owner, slice_id):
    answer = owner.rest.get(f"/slices/{slice_id}")
    return "" if answer.status == 404 else f"{slice_id} is there: {answer.status}"


def _rules_of(lab, tag):
    """(switch, rule) of all rules that match a tag or push it, as ovs-ofctl tells them."""
    marks = f"dl_vlan={tag},", f"set_field:{tag | 0x1000}->vlan_vid"
    return sorted((name, *rule) for name, rules in lab.fabric.rules().items() for rule in rules
                  if any(mark in f"{rule[2]},{rule[3]}," for mark in marks))


def _spec(slice_):
    """What was asked, without what was not."""
    return {name: value for name, value in slice_["spec"].items() if value not in (None, [], {})}


def _state(lab):
    """What must stay as it is; renewed leases aside, which those may who own the slice."""
    return ([{**found, "lease": None} for found in lab.cloister.slices()], lab.fabric.rules())


def _quiet(_):
    pass
