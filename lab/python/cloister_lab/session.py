"""ONOS, Open vSwitch and a fabric together: what `bin/lab` starts and stops, and what the tests stand on."""
from cloister_lab import fabric as fabrics
from cloister_lab import netcfg, paths, readiness, waiting
from cloister_lab.fabric import FabricNotUp
from cloister_lab.onos import Onos

# LLDP probes go out every 3 s; a fabric of ten switches is visible in some 5 s.
VISIBLE_SECONDS = 120
GONE_SECONDS = 60
_CONFIGURATION = "/network/configuration"


def onos():
    return Onos(paths.ONOS)


def up(spec, wipe=False, say=print):
    """Starts what does not run yet and returns the Fabric, once ONOS sees all of it.

    A fabric of the same specification is kept, another one is replaced. wipe: ONOS begins with an empty store.
    Raises onos.OnosFailed, FabricNotUp or waiting.DeadlinePassed with what was missing.
    """
    start_onos(wipe, say)
    fabric = _running(spec)
    if fabric is None:
        fabric = replace_fabric(spec, say)
    configure(fabric)
    wait_visible(fabric, say=say)
    return fabric


def down(say=print):
    """Stops what the lab started, however it was left. Does nothing where nothing is."""
    say("stopping ONOS")
    onos().stop()
    say("removing the fabric")
    fabrics.down()


def start_onos(wipe=False, say=print):
    node = onos()
    if wipe or not node.pid:
        say("starting ONOS")
    node.start(wipe)
    node.wait_ready(say=say)


def replace_fabric(spec, say=print):
    """Builds a fabric in place of the running one, which ONOS has seen go."""
    rest = onos().rest()
    # first, so that nothing tries to reach them while they go, nor finds the next ones with keys that it does not expect
    _forget_optical_switches(rest)
    fabrics.down(stop_ovs=False)
    waiting.until(lambda: _still_seen(rest), GONE_SECONDS, say=say)
    for device in _get(rest, "/devices")["devices"]:
        rest.delete(f"/devices/{device['id']}").expect(200, 204, 404)
    say(f"building the fabric: {spec.leaves} leaves, {spec.spines} spines, {spec.hosts} hosts a leaf")
    return fabrics.up(spec)


def configure(fabric, with_cloister=True, enforce=True):
    """Gives ONOS the fabric's hosts, and Cloister the fabric, in place of an earlier configuration."""
    rest = onos().rest()
    wanted = netcfg.configuration(fabric.plan, with_cloister, enforce)
    for host in sorted(set(_get(rest, f"{_CONFIGURATION}/hosts")) - set(wanted["hosts"])):
        rest.delete(f"{_CONFIGURATION}/hosts/{host.replace('/', '%2F')}").expect(200, 204, 404)
    rest.post(_CONFIGURATION, wanted).expect(200, 207)


def wait_optical(fabric, seconds=VISIBLE_SECONDS, say=print):
    """Waits until ONOS is connected to every optical switch, which takes Cloister's driver. Returns the seconds taken."""
    rest, wanted = onos().rest(), {switch.device for switch in fabric.plan.optical_switches}

    def missing():
        seen = {device["id"] for device in _get(rest, "/devices")["devices"] if device["available"]}
        return ", ".join(sorted(wanted - seen))

    return waiting.until(missing, seconds, say=say and (lambda absent: say(f"waiting for ONOS to reach {absent}")))


def wait_visible(fabric, seconds=VISIBLE_SECONDS, say=print):
    """Waits until ONOS shows every switch, link and host of the fabric. Returns the seconds that it took."""
    rest, expected = onos().rest(), readiness.expected(fabric.plan)
    return waiting.until(lambda: expected.missing_from(readiness.seen(lambda path: _get(rest, path))), seconds,
                         interval=0.2, say=say and (lambda missing: say(f"waiting for ONOS to see {missing}")))


def status():
    """What runs, as JSON: {"onos", "fabric": {"leaves", "spines", "hosts", …} or null, "seen": text, "missing": text}."""
    node = onos()
    answer = {"onos": node.status(), "fabric": None, "seen": None, "missing": None}
    try:
        fabric = fabrics.load()
    except FabricNotUp:
        return answer
    answer["fabric"] = fabric.spec.to_json()
    if answer["onos"]["ready"]:
        rest = node.rest()
        seen = readiness.seen(lambda path: _get(rest, path))
        answer.update(seen=seen.counts(), missing=readiness.expected(fabric.plan).missing_from(seen))
    return answer


def _forget_optical_switches(rest):
    for device in _get(rest, f"{_CONFIGURATION}/devices"):
        if device.startswith("ocs:"):
            rest.delete(f"{_CONFIGURATION}/devices/{device}").expect(200, 204, 404)


def _running(spec):
    try:
        fabric = fabrics.load()
    except FabricNotUp:
        return None
    return fabric if fabric.spec == spec else None


def _still_seen(rest):
    seen = readiness.seen(lambda path: _get(rest, path))
    return f"waiting for ONOS to lose {seen.counts()} of the earlier fabric" if seen.devices or seen.links else ""


def _get(rest, path):
    return rest.get(path).expect(200).json()
