"""Links as ONOS discovers and loses them."""
import time

from cloister_lab import readiness, session, waiting

LOST_SECONDS = 1.0
BACK_SECONDS = 20


def port_down(lab, parameters, figures):
    """A port that goes down takes its link along in both directions within a second; up again, the link comes back."""
    link = lab.fabric.links[0]
    leaf = lab.fabric.switch(link.leaf)
    ends = {f"{leaf.device}/{link.leaf_port}", f"{lab.fabric.switch(link.spine).device}/{link.spine_port}"}
    took = []
    for _ in range(parameters["times"]):
        leaf.set_port(link.leaf_port, False)
        start = time.monotonic()
        try:
            waiting.until(lambda: _links_of(lab, ends), 5 * LOST_SECONDS, interval=0.02)
            took.append(time.monotonic() - start)
        finally:
            leaf.set_port(link.leaf_port, True)
        session.wait_visible(lab.fabric, BACK_SECONDS, say=None)
    figures["portDownMillis"] = [round(1000 * seconds) for seconds in took]
    assert max(took) <= LOST_SECONDS, f"the links of {link.leaf}/{link.leaf_port} took {max(took):.2f} s to go"


def every_switch_every_time(lab, parameters, figures):
    """A fabric of ten switches is seen as a whole, in every one of some tries from nothing."""
    spec, seconds = lab.fabric.spec, []
    for _ in range(parameters["tries"]):
        lab.rebuild_fabric(spec)
        seconds.append(round(session.wait_visible(lab.fabric, parameters["seconds"], say=None), 1))
    figures["fabricSeen"] = {"switches": len(lab.fabric.switches), "links": 2 * len(lab.fabric.links),
                             "tries": len(seconds), "seconds": seconds}


def _links_of(lab, ends):
    """The links that ONOS still shows at the ends of one link, in words."""
    seen = readiness.seen(lambda path: lab.onos.rest().get(path).expect(200).json())
    return ", ".join(sorted(link for link in seen.links if ends & set(link.split("->"))))
