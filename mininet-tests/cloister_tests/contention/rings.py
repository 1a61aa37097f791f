"""One job's ring beside another job's, over and over: how much of its throughput the neighbour leaves it."""
import statistics
from dataclasses import dataclass

from cloister_tests.contention import hashing
from cloister_tests.traffic import Load, ring

JOBS = ("contention-one", "contention-other")
SETTLE_SECONDS = 0.5
# Below this share of a link with nobody else there, the processor was measured and not the network.
ALONE_SHARE = 0.95
WANTED_RATIO = 0.97


@dataclass(frozen=True)
class Pair:
    """Bit/s of the slowest edge of the ring, which is the speed of the ring; and of the neighbour's beside it."""
    alone: float
    beside: float
    neighbour: float

    @property
    def ratio(self):
        return self.beside / self.alone


def with_slices(lab, parameters, figures):
    """Both jobs have an exclusive slice: the neighbour at full load takes nothing away."""
    jobs = _jobs(lab.fabric, parameters["portsOfJobs"])
    try:
        slices = [lab.cloister.create(name, hosts) for name, hosts in zip(JOBS, jobs)]
        pairs = _measure(lab.fabric, jobs, parameters["seconds"], [None] * parameters["pairs"])
    finally:
        for name in JOBS:
            lab.cloister.delete(name)
    ratio = statistics.median(pair.ratio for pair in pairs)
    figures.update(ratioWithSlices=round(ratio, 4), runs=len(pairs), ratiosWithSlices=_ratios(pairs),
                   ringBitsPerSecond=round(statistics.median(pair.beside for pair in pairs)),
                   linksOfSlices=[len(made["allocation"]["links"]) for made in slices])
    link = lab.fabric.spec.link_mbit * 1_000_000
    slowest = min(statistics.median(pair.alone for pair in pairs), statistics.median(pair.neighbour for pair in pairs))
    assert slowest >= ALONE_SHARE * link, f"a ring got {slowest:.0f} of {link} bit/s on links of its own"
    assert ratio >= WANTED_RATIO, f"beside a neighbour the ring keeps {ratio:.3f} of its throughput"


def without_slices(lab, parameters, figures):
    """The same traffic and ranks, spread over the spines by hash: what a job gets depends on luck."""
    jobs = _jobs(lab.fabric, parameters["portsOfJobs"])
    pairs = _measure(lab.fabric, jobs, parameters["seconds"], range(1, parameters["seeds"] + 1))
    ratios = [pair.ratio for pair in pairs]
    figures.update(seeds=len(pairs), ratiosWithoutSlices=_ratios(pairs), ratioWithoutSlices={
        "median": round(statistics.median(ratios), 4), "min": round(min(ratios), 4), "max": round(max(ratios), 4)})


def _jobs(fabric, ports):
    """The hosts of each job: one per leaf, in the order of the leaves, so that every edge crosses the fabric."""
    return [[fabric.hosts_of(leaf.name)[port - 1] for leaf in fabric.leaves] for port in ports]


def _measure(fabric, jobs, seconds, seeds):
    """A pair per seed; None leaves the switches' rules alone."""
    for job in jobs:
        for host in job:
            host.set_neighbours([other for other in job if other is not host])
    # More than a link carries: what arrives is what the links let through.
    offered = int(fabric.spec.link_mbit * 1_100_000)
    one, other = map(ring, jobs)
    pairs = []
    with Load(one, offered) as load:
        for seed in seeds:
            if seed is not None:
                hashing.install(fabric, seed)
            alone = min(load.measure(seconds, SETTLE_SECONDS))
            with Load(other, offered) as neighbour:
                # Both over the same time, settled once.
                mark = neighbour.mark(SETTLE_SECONDS)
                beside = min(load.measure(seconds, settle=0))
                pairs.append(Pair(alone, beside, min(neighbour.rates_since(mark))))
    return pairs


def _ratios(pairs):
    return [round(pair.ratio, 3) for pair in pairs]
