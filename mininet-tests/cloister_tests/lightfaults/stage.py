"""What runs while light goes wrong for somebody else: two slices on light, and numbered packets in both."""
from cloister_tests.circuits import judge
from cloister_tests.lightfaults import places
from cloister_tests.repair import machine
from cloister_tests.repair.streams import Streams
from cloister_tests.traffic import ring

WAIT_SECONDS = 60


class Stage:
    """From entering the block to leaving it.

        with Stage(lab) as stage:
            began = stage.now()
            ...
            stage.lost(began, ["near"])
    """

    def __init__(self, lab):
        self._lab = lab
        self._members = {name: places.members(lab.fabric, name) for name in places.LIGHT}
        self._streams = Streams({name: ring(members) for name, members in self._members.items()})

    def __enter__(self):
        cloister = self._lab.cloister
        cloister.create(places.OCCUPANT, places.members(self._lab.fabric, places.OCCUPANT), WAIT_SECONDS)
        for name in places.LIGHT:
            cloister.create(name, self._members[name], WAIT_SECONDS, circuits="allow")
        judge.wait_settled(self._lab)
        assert self.light_kept(), f"the slices have other light than {places.LIGHT}: {sorted(judge.see(self._lab).circuits)}"
        self._streams.__enter__()
        return self

    def __exit__(self, *reason):
        return self._streams.__exit__(*reason)

    def dropped(self):
        """Packets lost so far by the machine under the network, see machine.dropped."""
        return machine.dropped([host for members in self._members.values() for host in members])

    def now(self):
        return self._streams.now()

    def lost(self, began, names):
        """(sent, lost) since a moment by the slices of these names."""
        passed = self.passage(began, self._streams.now(), names)
        return passed.sent, passed.lost

    def passage(self, began, ended, names=tuple(places.LIGHT)):
        """What became of the packets that the slices of these names sent between two moments."""
        return self._streams.passage(began, ended, lambda name, source, destination: name in names)

    def light_kept(self):
        """Whether both slices' light is where it was."""
        return frozenset(places.LIGHT.values()) <= judge.see(self._lab).circuits
