"""Slices whose hosts Cloister chooses, at once or after their capacity was reserved."""
from cloister_tests import pings, readback

ACTIVE_SECONDS = 30


def placed_and_reserved(lab, parameters, figures):
    """A number of hosts is placed and carries packets inside only; reserved, no switch is told of it until it is bound."""
    readback.use(lab, "barrier")
    try:
        before = lab.fabric.rules()
        _placed(lab, parameters["hosts"])
        assert lab.fabric.rules() == before, "rules are left of a slice that was placed"
        _reserved(lab, parameters["hosts"], before)
        assert lab.fabric.rules() == before, "rules are left of a slice that was bound"
    finally:
        lab.cloister.delete_all()
        readback.use(lab, readback.DEFAULT)
    figures["placed"] = parameters["hosts"]


def _placed(lab, count):
    made = lab.cloister.create("lifecycle-placed", [], wait=ACTIVE_SECONDS, placement={"hosts": count})
    assert made["spec"]["placement"]["hosts"] == count and made["spec"]["members"] == [], made["spec"]
    _only_among_themselves(lab, _members(lab, made))
    same = lab.cloister.put("lifecycle-placed", [], placement={"hosts": count}).expect(200).json()
    assert same["allocation"] == made["allocation"], "asked for again it is another slice"
    lab.cloister.delete("lifecycle-placed")


def _reserved(lab, count, before):
    name, later = "lifecycle-reserved", {"hosts": count, "bind": "later"}
    held = lab.cloister.put(name, [], placement=later).expect(201).json()
    assert held["state"] == "RESERVED", held["state"]
    assert lab.fabric.rules() == before, "a switch was told of a reservation"
    members = _members(lab, held)
    assert not _answers(members[0], members[1]), "packets flow before the slice has hosts"
    refused = lab.cloister.put("lifecycle-other", members[:2]).expect(409).json()
    assert refused["type"].endswith("/host-in-use"), refused
    bound = lab.cloister.put(name, members, wait=ACTIVE_SECONDS).expect(200).json()
    assert bound["state"] == "ACTIVE", bound["state"]
    for what in ("tag", "links"):
        assert bound["allocation"][what] == held["allocation"][what], f"it holds another {what} than was reserved"
    _only_among_themselves(lab, members)
    lab.cloister.delete(name)


def _only_among_themselves(lab, members):
    for member in members[1:]:
        assert _answers(members[0], member), f"{members[0].name} does not reach {member.name}, another member"
    outsider = next(host for host in lab.fabric.hosts.values() if host.name not in {member.name for member in members})
    assert not _answers(members[0], outsider), f"{members[0].name} reaches {outsider.name}, which is no member"
    assert not _answers(outsider, members[0]), f"{outsider.name}, which is no member, reaches {members[0].name}"


def _answers(asker, asked):
    return pings.answered([(asker, asked)])[0]


def _members(lab, slice_):
    """The members' handles in rank order."""
    return [lab.fabric.hosts[member["host"]] for member in slice_["allocation"]["members"]]
