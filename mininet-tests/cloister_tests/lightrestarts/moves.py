"""Moves of light that ONOS is killed in: asked for as a slice or by hand, how far they are, and how they ended."""
from dataclasses import dataclass

from cloister_tests.lightfaults import places

COMPLETED, ROLLED_BACK = "completed", "rolled back"
_ENDS = {"ACTIVE": COMPLETED, "ESTABLISHED": COMPLETED, "FAILED": ROLLED_BACK}


@dataclass(frozen=True)
class ByHand:
    """A circuit that an administrator asks for; a phase is that of its demand."""
    switch: str
    port: int
    peer: int

    def __str__(self):
        return f"{self.switch}/{self.port}/{self.peer}"

    def ask(self, lab):
        lab.cloister.connect(self.switch, self.port, self.peer, wait=0).expect(200, 201, 202)

    def phase(self, lab):
        """None where nobody knows of it."""
        found = [each.get("demand") for each in lab.cloister.circuits()
                 if (each["switch"], each["ports"]) == (self.switch, [str(self.port), str(self.peer)])]
        return found[0]["phase"] if found and found[0] else None

    def light(self, lab):
        """The circuits that it has to have when it is completed, as judge.Light has them."""
        return frozenset({(self.switch, self.port, self.peer)})

    def remove(self, lab, seconds):
        lab.cloister.disconnect(self.switch, self.port, self.peer, seconds)


@dataclass(frozen=True)
class ForSlice:
    """A slice that light is moved for; a phase is its state."""
    name: str
    hosts: tuple

    def __str__(self):
        return self.name

    def ask(self, lab):
        members = [lab.fabric.hosts_of(leaf)[place] for leaf, place in self.hosts]
        lab.cloister.put(self.name, members, wait=0, circuits="allow").expect(201, 202)

    def phase(self, lab):
        answer = lab.cloister.rest.get(f"/slices/{self.name}")
        return answer.json()["state"] if answer.status == 200 else None

    def light(self, lab):
        found = lab.cloister.slice(self.name)["allocation"]["circuits"]
        return frozenset((each["switch"], *sorted(map(int, each["ports"]))) for each in found)

    def remove(self, lab, seconds):
        lab.cloister.delete(self.name, seconds)


# Both over leaf-3 and leaf-4, whose only cables are taken.
FIRST = ForSlice(places.SUBJECT, (("leaf-3", 1), ("leaf-4", 1)))
SECOND = ForSlice("second", (("leaf-3", 2), ("leaf-4", 2)))


def outcome(phase):
    """COMPLETED, ROLLED_BACK, or None where a move in that phase has not ended."""
    return _ENDS.get(phase)


def left_undone(ended, circuits, pending):
    """What is half done, in words.

    ended:    {move: (outcome, its circuits)};  circuits: where light goes now, as judge.Light has it
    pending:  {switch: the change that waits for confirmation, or None}
    """
    found = [f"{name}: change {commit} waits for confirmation" for name, commit in pending.items() if commit]
    completed = frozenset().union(*(wanted for end, wanted in ended.values() if end == COMPLETED))
    for move, (end, wanted) in ended.items():
        missing, left = sorted(wanted - circuits), sorted((wanted & circuits) - completed)
        if end == COMPLETED and missing:
            found.append(f"{move} is completed without {missing}")
        if end == ROLLED_BACK and left:
            found.append(f"{move} is rolled back, and {left} are there")
    return found
