"""What a switch holds, rules and meters, as its own tool (ovs-ofctl) tells it."""
import re
from dataclasses import dataclass

# Commas separate fields, save inside the parentheses of an action.
_FIELD = re.compile(r"[^,\s]+")
_NUMBERS = {"cookie", "table", "priority", "n_packets", "n_bytes"}
_STATISTICS = {"duration", "idle_age", "hard_age", "n_packets", "n_bytes", "cookie", "table", "priority"}
_FLAGS = {"send_flow_rem", "check_overlap", "reset_counts", "no_packet_counts", "no_byte_counts"}


@dataclass(frozen=True)
class Flow:
    """One flow entry. match and actions are in ovs-ofctl's own words, ports by number."""
    table: int
    priority: int
    match: str
    actions: str
    cookie: int
    packets: int
    bytes: int

    @property
    def key(self):
        """What makes it this rule and no other, its counters aside."""
        return self.table, self.priority, self.match, self.actions

    @property
    def fields(self):
        """The match by field; a protocol word such as `arp` has the value True."""
        return {name: value if equals else True
                for name, equals, value in (word.partition("=") for word in self.match.split(",") if word)}


def parse_flows(text):
    """The flows of `ovs-ofctl --no-names dump-flows`, in the order of the dump."""
    return [_parse(line) for line in text.splitlines() if " actions=" in line]


def parse_meters(text):
    """{number: configuration} of `ovs-ofctl dump-meters`: a line of its own per meter and per band."""
    found, number = {}, None
    for line in text.splitlines():
        words = line.split()
        if words and words[0].startswith("meter="):
            number = int(words[0].partition("=")[2])
            found[number] = " ".join(words[1:])
        elif words and number is not None:
            found[number] = " ".join([found[number], *words])
    return found


def _parse(line):
    head, _, actions = line.strip().partition(" actions=")
    known, match = {"priority": 32768, "cookie": 0, "table": 0, "n_packets": 0, "n_bytes": 0}, []
    for word in _FIELD.findall(head):
        name, _, value = word.partition("=")
        if name in _NUMBERS:
            known[name] = int(value, 0)
        elif name not in _STATISTICS and name not in _FLAGS:
            match.append(word)
    return Flow(known["table"], known["priority"], ",".join(match), actions,
                known["cookie"], known["n_packets"], known["n_bytes"])
