"""Whether every member reaches every other one of its slice, with nothing known of each other beforehand."""
from concurrent.futures import ThreadPoolExecutor
from typing import List, Tuple

from cloister_lab.topology import PlannedHost

from .view import View

# Forgets the one that is asked for, and no other: with an entry goes what waits there to be sent, and that may be the
# answer to another pair of the round.
_SCRIPT = """
ip neigh flush to {ip} dev {interface} nud all
ip neigh show {ip} dev {interface} | grep -q lladdr && exit 3
ping -q -c 1 -W 10 {ip} >/dev/null || exit 4
ip neigh show {ip} dev {interface} | grep -qi "lladdr {mac}" || exit 5
"""
_REASONS = {3: "the neighbour was known before it was asked for", 4: "no answer to ping",
            5: "ARP brought another MAC than the member's"}
_AT_ONCE = 8
# Longer than all of the script may take on a busy machine.
_SECONDS = 60


def unreached(view: View) -> List[str]:
    """Ordered pairs of members of which the first does not reach the second, with the reason."""
    failures: List[str] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for turn in rounds(view):
            failures.extend(reason for reason in pool.map(_try, turn) if reason)
    return failures


def rounds(view: View) -> List[List[Tuple[PlannedHost, PlannedHost]]]:
    """All ordered pairs inside slices, in rounds in which no pair teaches another one an address.

    A host that is asked for its MAC learns the asker's: so a pair and its reverse are never in one round, and each
    host asks in one pair at most.
    """
    turns: List[List[Tuple[PlannedHost, PlannedHost]]] = []
    for pair in view.pairs_inside():
        for turn in turns:
            if all(pair[0] is not asker and (asked, asker) != pair for asker, asked in turn):
                turn.append(pair)
                break
        else:
            turns.append([pair])
    return turns


def _try(pair: Tuple[PlannedHost, PlannedHost]) -> str:
    asker, asked = pair
    done = asker.popen("sh", "-c", _SCRIPT.format(interface=asker.interface, ip=asked.ip, mac=asked.mac))
    code = done.wait(_SECONDS)
    return f"{asker.name} -> {asked.name}: {_REASONS.get(code, f'exit {code}')}" if code else ""
