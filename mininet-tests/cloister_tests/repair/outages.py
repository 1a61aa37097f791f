"""Acceptance of repair: a cable is pulled or a spine dies, slices move to free links or wait for the old ones."""
import time
from contextlib import contextmanager

from cloister_lab import session, waiting
from cloister_tests.repair import jobs, places

WANTED_GAP_MILLIS = 2_000
MOVED_SECONDS = 20
DEGRADED_SECONDS = 20
AGAIN_SECONDS = 30
FILLER = "repair-filler"


def uplink_down(lab, watch, window):
    """There is a spine that nobody uses: the slice moves to it."""
    name = jobs.NAMES[0]
    uplink = places.uplinks(lab, name)[lab.fabric.leaves[0].name]
    with watch.case("uplinkDown", *window, affected=(name,)) as case:
        with _down(lab, {uplink.leaf: [uplink.leaf_port]}):
            case.more["movedMillis"] = _wait_moved(lab, name, lambda: uplink not in places.uplinks(lab, name).values())
            watch.let_pass(window[1])
    session.wait_visible(lab.fabric, say=None)
    _expect_short_gap(case)


def spine_down(lab, watch, window):
    """All links of a spine at once, as when it loses its power: its slice moves."""
    name = jobs.NAMES[1]
    spine, = places.spines(lab, name)
    affected = [each for each in jobs.NAMES if spine in places.spines(lab, each)]
    with watch.case("spineDown", *window, affected=affected) as case:
        with _down(lab, {spine: list(lab.fabric.switch(spine).ports)}):
            case.more["movedMillis"] = _wait_moved(lab, name, lambda: spine not in places.spines(lab, name))
            watch.let_pass(window[1])
    session.wait_visible(lab.fabric, say=None)
    _expect_short_gap(case)


def uplink_down_no_spare(lab, watch, window):
    """Another slice holds the last free spine: the slice waits for its own link, says why, and is ACTIVE again with it."""
    name = jobs.NAMES[0]
    lab.cloister.create(FILLER, jobs.on_port(lab.fabric, jobs.spare_port(lab.fabric)), wait=60)
    try:
        before = jobs.placement(lab)
        uplink = places.uplinks(lab, name)[lab.fabric.leaves[0].name]
        with watch.case("uplinkDownNoSpare", *window, affected=(name,)) as case:
            with _down(lab, {uplink.leaf: [uplink.leaf_port]}):
                case.more["degradedMillis"] = _millis(jobs.wait_states(lab, {name: "DEGRADED"}, DEGRADED_SECONDS))
                case.more["reason"] = _degraded(lab, name)
                watch.let_pass(window[0])
            case.more["activeAgainMillis"] = _millis(jobs.wait_states(lab, {name: "ACTIVE"}, AGAIN_SECONDS))
        session.wait_visible(lab.fabric, say=None)
        assert case.more["reason"]["reason"] and uplink.leaf in case.more["reason"]["message"], case.more["reason"]
        assert jobs.placement(lab) == before, f"slices have {jobs.placement(lab)}, had {before}"
        case.expect_nothing_lost_of_others()
    finally:
        lab.cloister.delete(FILLER)


@contextmanager
def _down(lab, ports):
    """Ports of switches, {switch: [number]}, are down in the block."""
    for switch, numbers in ports.items():
        lab.fabric.switch(switch).set_ports(numbers, False)
    try:
        yield
    finally:
        for switch, numbers in ports.items():
            lab.fabric.switch(switch).set_ports(numbers, True)


def _wait_moved(lab, name, elsewhere):
    """Milliseconds until the slice is ACTIVE elsewhere."""
    start = time.monotonic()

    def missing():
        state = lab.cloister.slice(name)["state"]
        return "" if elsewhere() and state == "ACTIVE" else f"slice {name} is {state} on {places.spines(lab, name)}"
    waiting.until(missing, MOVED_SECONDS)
    return _millis(time.monotonic() - start)


def _degraded(lab, name):
    return next({"reason": each["reason"], "message": each["message"]} for each in lab.cloister.slice(name)["conditions"]
                if each["type"] == "Degraded" and each["status"])


def _expect_short_gap(case):
    assert case.whole.gap_millis <= WANTED_GAP_MILLIS, f"nothing arrived for {case.whole.gap_millis:.0f} ms"
    case.expect_nothing_lost_of_others()


def _millis(seconds):
    return round(1000 * seconds)
