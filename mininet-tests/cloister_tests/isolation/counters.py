"""What the switches themselves counted: frames received at their ports, frames looked up in their first table."""
import re
from typing import Dict

from cloister_lab.handles import Fabric, Switch

_PORT = re.compile(r"port\s+(\d+): rx pkts=(\d+)")
_LOOKUP = re.compile(r"table 0[^:]*:.*?lookup=(\d+)", re.DOTALL)


def received(switch: Switch) -> Dict[int, int]:
    """Frames received since the switch began, by port."""
    return {int(port): int(count) for port, count in _PORT.findall(switch.ofctl("dump-ports"))}


def looked_up(switch: Switch) -> int:
    """Frames that the first table was asked about; lags behind by up to a second."""
    found = _LOOKUP.search(switch.ofctl("dump-tables"))
    if not found:
        raise ValueError(f"{switch.name}: dump-tables without a lookup count of table 0")
    return int(found.group(1))


class Account:
    """Per leaf, how many of the frames that reached its ports since this was made its rules have not judged."""

    def __init__(self, fabric: Fabric):
        self._leaves = fabric.leaves
        # Looked up before received, and the other way round later: a frame in between must not seem to be missing.
        self._looked_up = {leaf.name: looked_up(leaf) for leaf in self._leaves}
        self._received = {leaf.name: received(leaf) for leaf in self._leaves}

    def received_at(self, leaf: str, port: int) -> int:
        switch = next(each for each in self._leaves if each.name == leaf)
        return received(switch)[port] - self._received[leaf][port]

    def unjudged(self) -> Dict[str, int]:
        """Leaves whose rules have seen fewer frames than came in, with how many."""
        missing = {}
        for leaf in self._leaves:
            arrived = sum(received(leaf).values()) - sum(self._received[leaf.name].values())
            judged = looked_up(leaf) - self._looked_up[leaf.name]
            if judged < arrived:
                missing[leaf.name] = arrived - judged
        return missing
