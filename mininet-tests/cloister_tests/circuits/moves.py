"""Acceptance of moves: a slice gets links that are not there, and who has links notices nothing."""
from cloister_tests import pings, readback
from cloister_tests.circuits import judge, places
from cloister_tests.circuits.bystander import WAIT_SECONDS, Bystander

NO_LIGHT = ("no-common-spines", "no-circuit")
# leaf-3 and leaf-4 are joined in both switches: one of the two circuits has to go, three lead the mover's leaves to spine-2.
FEWEST_REMOVED, FEWEST_MADE = 1, 3


def run(lab, parameters, figures):
    """Two pairs of leaves joined directly, then idle; a slice over three leaves, for which idle light gives way."""
    readback.use(lab, "barrier")
    try:
        with Bystander(lab) as bystander:
            _joined_directly(lab, figures)
            _moved(lab, bystander, figures)
        bystander.report(figures)
    finally:
        lab.cloister.delete_all()
        lab.cloister.darken()
        readback.use(lab, readback.DEFAULT)


def _joined_directly(lab, figures):
    """Two leaves without a spine between them, in one optical switch and, with its port there taken, in the other."""
    for name in (places.PAIR, places.OTHER_PAIR):
        before = judge.see(lab)
        made = _create(lab, name)
        links = {end for link in made["allocation"]["links"] for end in (link["from"], link["to"])}
        assert not any(end.startswith("spine") for end in links), f"{name} goes by a spine: {sorted(links)}"
        added = judge.see(lab).made_since(before)
        assert len(added) == 1, f"{name}: circuits made: {sorted(added)}"
        _expect_own_network(lab, name)
    figures["leavesJoinedDirectly"] = 2
    for name in (places.PAIR, places.OTHER_PAIR):
        lab.cloister.delete(name, WAIT_SECONDS)
    assert not before.made_since(judge.see(lab)), "circuits went away because nobody wants them"


def _moved(lab, bystander, figures):
    before = judge.see(lab)
    hosts = places.members(lab.fabric, places.MOVER)
    refused = lab.cloister.put(places.MOVER, hosts, circuits="forbid").expect(409).json()["type"].rpartition("/")[2]
    assert refused in NO_LIGHT, f"without moving light it is refused with {refused}"
    planned = _circuits(lab.cloister.plan(places.MOVER, hosts, circuits="allow").expect(200).json())
    assert judge.see(lab).circuits == before.circuits, "light moved for a question"
    made = _create(lab, places.MOVER)
    after = judge.see(lab)
    removed, added = before.made_since(after), after.made_since(before)
    figures["refusedWithoutMoves"] = refused
    figures["moved"] = {"removed": sorted(removed), "made": sorted(added), "phaseMillis": made["phaseMillis"]}
    assert bystander.circuits <= after.circuits, "the bystander's light moved"
    assert (len(removed), len(added)) == (FEWEST_REMOVED, FEWEST_MADE), f"not the fewest moves: {figures['moved']}"
    assert planned == _circuits(made) == added, f"planned {sorted(planned)}, got {_circuits(made)}"
    _expect_own_network(lab, places.MOVER)


def _create(lab, name):
    """Has a slice made by moving light, and everything agrees at the moment when it is ACTIVE."""
    before = judge.see(lab)
    made = lab.cloister.create(name, places.members(lab.fabric, name), WAIT_SECONDS, circuits="allow")
    wrong = judge.problems(lab, before)
    assert not wrong, f"{name} is ACTIVE, and {'; '.join(wrong)}"
    judge.wait_settled(lab)
    return made


def _circuits(slice_):
    """As Light.circuits has them."""
    return {(each["switch"], *sorted(map(int, each["ports"]))) for each in slice_["allocation"]["circuits"]}


def _expect_own_network(lab, name):
    inside, outside = places.members(lab.fabric, name), places.outsiders(lab.fabric, name)
    pairs = pings.between(inside)
    answered = pings.answered(pairs, pings.PATIENCE_SECONDS)
    silent = [f"{one.name} -> {other.name}" for (one, other), reached in zip(pairs, answered) if not reached]
    assert not silent, f"{name}: no answer: {', '.join(silent)}"
    across = [(one, other) for one in inside for other in outside] + [(one, other) for one in outside for other in inside]
    crossed = [f"{one.name} -> {other.name}" for (one, other), reached in zip(across, pings.answered(across)) if reached]
    assert not crossed, f"{name}: answers across its border: {', '.join(crossed)}"
