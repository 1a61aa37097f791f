"""Who answers whom: pings between hosts, several at once."""
from concurrent.futures import ThreadPoolExecutor

AT_ONCE = 24
# For an answer that has to come: both ends and the switches between them may wait for a turn on a busy machine.
PATIENCE_SECONDS = 3
_SECONDS = 15


def between(hosts):
    """Every ordered pair of different hosts."""
    return [(one, other) for one in hosts for other in hosts if one is not other]


def answered(pairs, patience=1):
    """Whether each (asking, asked) pair's asked host answers, ARP included; of two requests one will do.

    patience: seconds for the last answer. Who does not answer costs them all, who does costs none.
    """
    for host in {asking.name: asking for asking, _ in pairs}.values():
        host.flush_neighbours([asked for asking, asked in pairs if asking.name == host.name])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda pair: _answers(pair, patience), pairs))


def _answers(pair, patience):
    asking, asked = pair
    said = asking.run("ping", "-q", "-c", 2, "-i", "0.2", "-W", patience, asked.ip, check=False, seconds=_SECONDS)
    return " 0 received" not in said
