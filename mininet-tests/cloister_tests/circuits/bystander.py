"""A slice that runs through every optical switch while light is moved for others, and what becomes of its packets."""
from cloister_tests.circuits import judge, places
from cloister_tests.repair import machine
from cloister_tests.repair.streams import Streams
from cloister_tests.traffic import ring

WAIT_SECONDS = 60


class Bystander:
    """1,000 numbered packets a second from each of its members to the other, from entering the block to leaving it.

        with Bystander(lab) as bystander:
            ...
        bystander.report(figures)

    circuits: those that carry it, none of which may change.
    """

    def __init__(self, lab):
        self._lab = lab
        self._members = places.members(lab.fabric, places.BYSTANDER)
        self._streams = Streams({places.BYSTANDER: ring(self._members)})
        self.passage = self.dropped = None
        self.circuits = frozenset(places.BY_HAND)

    def __enter__(self):
        cloister = self._lab.cloister
        cloister.create(places.OCCUPANT, places.members(self._lab.fabric, places.OCCUPANT), WAIT_SECONDS)
        for switch, one, other in places.BY_HAND:
            cloister.connect(switch, one, other, WAIT_SECONDS).expect(200, 201)
        judge.wait_settled(self._lab)
        cloister.create(places.BYSTANDER, self._members, WAIT_SECONDS)
        self._streams.__enter__()
        self._dropped = machine.dropped(self._members)
        self._began = self._streams.now()
        return self

    def __exit__(self, *reason):
        try:
            if reason[0] is None:
                self.passage = self._streams.passage(self._began, self._streams.now())
                self.dropped = machine.between(self._dropped, machine.dropped(self._members))
        finally:
            self._streams.__exit__(*reason)

    def _after(self, moment):
        return round((moment - self._began) / 1e9, 3)

    def since(self, moment):
        """What became of its packets since a point in time, see now."""
        return self._streams.passage(moment, self._streams.now())

    def now(self):
        return self._streams.now()

    def report(self, figures):
        """Adds up over the steps of a scenario, and raises AssertionError where a packet was lost or came twice."""
        for name, count in (("Sent", self.passage.sent), ("Lost", self.passage.lost)):
            figures[f"bystanderPackets{name}"] = figures.get(f"bystanderPackets{name}", 0) + count
        assert self.passage.sent > 0, "nothing was sent"
        figures["droppedByTheMachine"] = figures.get("droppedByTheMachine", 0) + sum(self.dropped.values())
        machine.expect_none_lost(self.passage, self.dropped, when=f", sent {self._after(self.passage.lost_from)} to"
                                                                  f" {self._after(self.passage.lost_to)} s after it began")
        assert self.passage.duplicated == 0, f"{self.passage.duplicated} packets came twice"
