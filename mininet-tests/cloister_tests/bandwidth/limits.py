"""A limit delivers its rate: to UDP that offers more, and nearly all of it to TCP."""
import json
import statistics
import subprocess
import time

from cloister_lab import waiting
from cloister_tests.bandwidth import figures as held
from cloister_tests.traffic import Load

NAME = "bandwidth-limit"
ACTIVE_SECONDS = 60
# The meter's bucket is full at first, and so is TCP's optimism.
SETTLE_SECONDS = 2
TCP_PORT = 5201
START_SECONDS = 10


def delivered(lab, parameters, figures):
    """One slice of two members for each rate: UDP that offers three times the rate, then TCP."""
    hosts = [lab.fabric.hosts_of(leaf.name)[0] for leaf in lab.fabric.leaves[:2]]
    cases = figures.setdefault("cases", [])
    created = figures.setdefault("activeMillis", [])
    for rate in parameters["bitsPerSecond"]:
        start = time.monotonic()
        lab.cloister.create(NAME, hosts, wait=ACTIVE_SECONDS, **shared(rate))
        created.append(round(1000 * (time.monotonic() - start)))
        try:
            cases.append(_udp(hosts, rate, parameters["seconds"]))
            cases += [_tcp(hosts, rate, parameters["tcpSeconds"], streams) for streams in parameters["streams"]]
        finally:
            lab.cloister.delete(NAME, ACTIVE_SECONDS)
    left = [f"{leaf.name} has meters {sorted(leaf.meters())}" for leaf in lab.fabric.leaves if leaf.meters()]
    assert not left, "; ".join(left)
    missed = held.missed(cases)
    assert not missed, "; ".join(missed)


def shared(rate):
    """What a request says for a rate per member."""
    return {"bandwidth": {"mode": "shared", "guaranteedBitsPerSecond": rate}}


def _udp(hosts, rate, seconds):
    offered = held.EXCESS * rate
    hosts[0].set_neighbours([hosts[1]])
    with Load([tuple(hosts)], offered) as load:
        got, = load.steady(seconds, settle=SETTLE_SECONDS)
    return held.case(rate, offered, got, "udp")


def _tcp(hosts, rate, seconds, streams):
    """What TCP (cubic, what Linux uses unless told otherwise) hands to the application at the far end, see Load.steady."""
    source, destination = hosts
    server = destination.popen("iperf3", "-s", "-1", "-J", "-p", TCP_PORT, stdout=subprocess.DEVNULL)
    try:
        waiting.until(lambda: "" if _listens(destination) else "the TCP receiver to listen", START_SECONDS, 0.02)
        said = json.loads(source.run("iperf3", "-c", destination.ip, "-p", TCP_PORT, "-C", "cubic", "-t", seconds, "-O",
                                     SETTLE_SECONDS, "-P", streams, "-J", "--get-server-output", seconds=seconds + 30))
    finally:
        server.kill()
        server.wait(START_SECONDS)
    return {**held.case(rate, None, received(said["server_output_json"]), "tcp"), "streams": streams}


def received(said):
    """Bit/s by what iperf3 says as the receiver: the median of its seconds, without those to settle and the rest of one."""
    seconds = [interval["sum"] for interval in said["intervals"]]
    return statistics.median(each["bits_per_second"] for each in seconds if not each["omitted"] and each["seconds"] > 0.5)


def _listens(host):
    with open(f"/proc/{host.pid}/net/tcp") as v4, open(f"/proc/{host.pid}/net/tcp6") as v6:
        return any(f":{TCP_PORT:04X} " in line for line in (*v4, *v6))
