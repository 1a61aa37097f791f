"""Four clients create and remove shared slices as fast as they are answered."""
import random
import statistics
import threading
import time
from collections import Counter

from cloister_lab.rest import RestUnreachable
from cloister_tests import readback
from cloister_tests.cloister import Cloister
from cloister_tests.concurrency.ledger import Watch

WAIT_SECONDS = 60
CLEAN_SECONDS = 30
# A client that is told no asks again for something else, not at once.
PAUSE_SECONDS = 0.05
# The probability that a client removes one of its slices instead of asking for another.
REMOVE = 0.5
MOST_SLICES = 3


def come_and_go(lab, parameters, figures):
    """A minute of it, read back after the barrier, with the ledger watched from a fifth side."""
    readback.use(lab, "barrier")
    try:
        before = lab.fabric.rules()
        with Watch() as watch:
            start = time.monotonic()
            clients = [Client(number, lab.fabric, parameters) for number in range(parameters["clients"])]
            _all([lambda each=each: each.run(start + parameters["seconds"]) for each in clients])
            elapsed = time.monotonic() - start
            peak = len(lab.cloister.slices())
            _all([each.remove_all for each in clients])
        left = _leftovers(lab, before)
    finally:
        lab.cloister.delete_all()
        readback.use(lab, readback.DEFAULT)
    _report(figures, clients, watch, elapsed, left)
    figures["atOnce"] = max(peak, watch.most_slices)
    failures = [failure for each in clients for failure in each.failures]
    assert not failures, f"{len(failures)} answers nobody expects: {'; '.join(failures[:5])}"
    assert not watch.overbooked, "; ".join(watch.overbooked[:5])
    assert not left, "; ".join(left[:5])
    assert watch.looks >= parameters["seconds"], f"the ledger was looked at {watch.looks} times only"
    assert figures["refused"].get("insufficient-bandwidth"), "no request was refused: the fabric was never full"


class Client:
    """One scheduler with hosts of its own, so that clients get into each other's way on links only."""

    def __init__(self, number, fabric, parameters):
        self.name = f"client-{number}"
        self.cloister = Cloister()
        self.millis = []
        self.removals = []
        self.refused = Counter()
        self.failures = []
        self._chance = random.Random(parameters["seed"] * 1000 + number)
        self._rates = parameters["bitsPerSecond"]
        self._ports = parameters["hostsPerClient"]
        self._free = {leaf.name: fabric.hosts_of(leaf.name)[number * self._ports:(number + 1) * self._ports]
                      for leaf in fabric.leaves}
        self._slices = {}
        self._count = 0

    def run(self, end):
        """Until the time has come, or the server is gone."""
        while time.monotonic() < end and len(self.failures) < 5:
            try:
                self._step()
            except RestUnreachable as failure:
                self.failures.append(f"{self.name}: {failure}")

    def remove_all(self):
        for name in list(self._slices):
            self._remove(name)

    def _step(self):
        if self._slices and (len(self._slices) == MOST_SLICES or self._chance.random() < REMOVE):
            self._remove(self._chance.choice(sorted(self._slices)))
        elif not self._create():
            time.sleep(PAUSE_SECONDS)

    def _create(self):
        open_leaves = sorted(leaf for leaf, hosts in self._free.items() if hosts)
        if len(open_leaves) < 2:
            return False
        leaves = self._chance.sample(open_leaves, self._chance.randint(2, len(open_leaves)))
        hosts = [self._free[leaf][-1] for leaf in leaves]
        name, self._count = f"{self.name}-{self._count}", self._count + 1
        start = time.monotonic()
        answer = self.cloister.put(name, hosts, wait=WAIT_SECONDS, bandwidth={
            "mode": "shared", "guaranteedBitsPerSecond": self._chance.choice(self._rates)})
        if answer.status == 201:
            self.millis.append(1000 * (time.monotonic() - start))
            self._slices[name] = hosts
            for host in hosts:
                self._free[host.leaf].remove(host)
            return True
        problem = answer.json().get("type", "").rpartition("/")[2]
        if answer.status == 409:
            self.refused[problem] += 1
        else:
            self.failures.append(f"PUT {name}: {answer.status}: {answer.text[:300]}")
        return False

    def _remove(self, name):
        start = time.monotonic()
        answer = self.cloister.rest.delete(f"/slices/{name}?wait={WAIT_SECONDS}")
        if answer.status != 204:
            self.failures.append(f"DELETE {name}: {answer.status}: {answer.text[:300]}")
        else:
            self.removals.append(1000 * (time.monotonic() - start))
        for host in self._slices.pop(name):
            self._free[host.leaf].append(host)


def _all(tasks):
    """Runs tasks at once, each on a thread of its own, and waits for all."""
    threads = [threading.Thread(target=task, daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _leftovers(lab, before):
    """What is still there of slices that were removed, in words."""
    end = time.monotonic() + CLEAN_SECONDS
    while True:
        left = [f"slice {each['id']}" for each in lab.cloister.slices()]
        for name, rules in lab.fabric.rules().items():
            left += [f"rule of {name}: {rule}" for rule in sorted(rules ^ before[name], key=str)]
        left += [f"meter {number} of {leaf.name}" for leaf in lab.fabric.leaves for number in leaf.meters()]
        links = lab.cloister.rest.get("/fabric").expect(200).json()["links"]
        left += [f"{link['reservedBitsPerSecond']} bit/s of {link['from']}"
                 for link in links if link["reservedBitsPerSecond"]]
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.5)


def _report(figures, clients, watch, elapsed, left):
    millis = [each for client in clients for each in client.millis]
    removals = [each for client in clients for each in client.removals]
    refused = sum((client.refused for client in clients), Counter())
    figures.update(slices=len(millis), perSecond=round(len(millis) / elapsed, 2), p95Millis=_p95(millis),
                   p50Millis=round(statistics.median(millis), 1) if millis else None, removalP95Millis=_p95(removals),
                   refused=dict(refused), clients=len(clients), seconds=round(elapsed, 1), looks=watch.looks,
                   overbooked=len(watch.overbooked), leftovers=len(left))


def _p95(values):
    return round(statistics.quantiles(values, n=100, method="inclusive")[94], 1) if len(values) > 1 else None
