"""Flow entries as ovs-ofctl prints and reads them: kept, rewritten, put back."""
from typing import List, NamedTuple, Tuple

ADMIT_PRIORITY = 50_000
CONDITIONS = {
    "in_port": ("in_port",),
    "tag": ("vlan_tci", "vlan_vid", "dl_vlan", "dl_vlan_pcp"),
    "mac": ("dl_src", "eth_src"),
    "ipv4": ("nw_src", "ipv4_src"),
    "arp": ("arp_spa", "arp_sha"),
}
"""What an admit rule asks for, by the name the report uses, as the fields that ask for it."""


class FlowText(NamedTuple):
    """One entry: what stands before the match (cookie, table, flags), the priority, the match, the actions."""

    table: int
    priority: int
    head: Tuple[str, ...]
    match: Tuple[str, ...]
    actions: str

    def line(self) -> str:
        words = (*self.head, f"table={self.table}", f"priority={self.priority}", *self.match)
        return ",".join(words) + " actions=" + self.actions

    @property
    def is_admit(self) -> bool:
        return self.table == 0 and self.priority >= ADMIT_PRIORITY and "goto_table:" in self.actions


_HEAD = ("cookie", "send_flow_rem", "check_overlap", "reset_counts", "no_packet_counts", "no_byte_counts",
         "idle_timeout", "hard_timeout", "importance")
_STATISTICS = ("duration", "n_packets", "n_bytes", "idle_age", "hard_age")
_DEFAULT_PRIORITY = 32768


def parse(dump: str) -> List[FlowText]:
    """The entries of ``ovs-ofctl --no-names dump-flows``; a line that is no entry is left out."""
    return [_parse(line) for line in dump.splitlines() if " actions=" in line]


def _parse(line: str) -> FlowText:
    before, _, actions = line.strip().partition(" actions=")
    table, priority, head, match = 0, _DEFAULT_PRIORITY, [], []
    for word in before.replace(" ", ",").split(","):
        name, _, value = word.partition("=")
        if name == "table":
            table = int(value, 0)
        elif name == "priority":
            priority = int(value, 0)
        elif name in _HEAD:
            head.append(word)
        elif word and name not in _STATISTICS:
            match.append(word)
    return FlowText(table, priority, tuple(head), tuple(match), actions)


def without(flows: List[FlowText], fields: Tuple[str, ...]) -> List[FlowText]:
    """The entries with ``fields`` no longer asked for by the admit rules; ValueError if no admit rule asks for any.

    Rules that become the same rule are one.
    """
    rewritten, seen, changed = [], set(), 0
    for flow in flows:
        if flow.is_admit:
            match = tuple(word for word in flow.match if word.partition("=")[0] not in fields)
            changed += match != flow.match
            flow = flow._replace(match=match)
        key = flow.table, flow.priority, flow.match
        if key not in seen:
            seen.add(key)
            rewritten.append(flow)
    if not changed:
        raise ValueError(f"no admit rule asks for {' or '.join(fields)}")
    return rewritten
