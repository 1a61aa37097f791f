"""Who is a member of what: the hosts of a fabric, and the slices that are ACTIVE on it."""
from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple

from cloister_lab.topology import PlannedHost


@dataclass(frozen=True)
class Slice:
    """A slice as the scheduler sees it: its tag on fabric links and its members' names in rank order."""

    name: str
    tag: int
    members: Tuple[str, ...]


class View:
    """Hosts and slices with the look-ups that attacks and judgement need. Pure."""

    def __init__(self, hosts: Sequence[PlannedHost], slices: Sequence[Slice]):
        self.hosts: List[PlannedHost] = list(hosts)
        self.slices: List[Slice] = list(slices)
        self.by_name = {host.name: host for host in self.hosts}
        self.by_mac = {bytes.fromhex(host.mac.replace(":", "")): host for host in self.hosts}
        self._index = {host.name: index for index, host in enumerate(self.hosts)}
        self._slice_of: Dict[str, Slice] = {}
        for each in self.slices:
            for member in each.members:
                if member not in self.by_name:
                    raise ValueError(f"slice {each.name}: unknown member {member}")
                if member in self._slice_of:
                    raise ValueError(f"slice {each.name}: {member} is already in {self._slice_of[member].name}")
                self._slice_of[member] = each

    @property
    def tags(self) -> List[int]:
        return [each.tag for each in self.slices]

    def index(self, host: PlannedHost) -> int:
        return self._index[host.name]

    def slice_of(self, host: PlannedHost) -> Optional[Slice]:
        return self._slice_of.get(host.name)

    def share(self, one: PlannedHost, other: PlannedHost) -> bool:
        """Whether the two hosts are members of one slice."""
        mine = self.slice_of(one)
        return mine is not None and mine is self.slice_of(other)

    def fellows(self, host: PlannedHost) -> List[PlannedHost]:
        """The other members of the host's slice in rank order; none for a host in no slice."""
        mine = self.slice_of(host)
        return [self.by_name[name] for name in mine.members if name != host.name] if mine else []

    def alias(self, sender: PlannedHost, victim: PlannedHost) -> PlannedHost:
        """Whose identity helps ``sender`` most on the way to ``victim``: that of another member of the victim's slice.

        Where there is none, any third host's.
        """
        fellows = [host for host in self.fellows(victim) if host.name != sender.name]
        others = [host for host in self.hosts if host.name not in (sender.name, victim.name)]
        return (fellows or others)[0]

    def pairs_outside(self) -> List[Tuple[PlannedHost, PlannedHost]]:
        """Ordered pairs of hosts that share no slice."""
        return [(a, b) for a in self.hosts for b in self.hosts if a is not b and not self.share(a, b)]

    def pairs_inside(self) -> List[Tuple[PlannedHost, PlannedHost]]:
        """Ordered pairs of members of one slice."""
        return [(a, b) for a in self.hosts for b in self.hosts if a is not b and self.share(a, b)]
