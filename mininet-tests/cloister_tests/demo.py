"""What bin/demo shows: slices asked for over REST, who reaches whom, what a busy neighbour does to a job, light moved."""
import statistics
import sys
import time

from cloister_lab.optical import OpticalSpec
from cloister_lab.topology import FabricSpec
from cloister_tests import pings, results
from cloister_tests.cloister import Cloister
from cloister_tests.lab import Lab
from cloister_tests.traffic import Load, ring

# Beside the cables every leaf has a fibre to an optical switch, and so has one spine. Optics take a second to lock on.
SPEC = FabricSpec(leaves=3, spines=2, hosts=4, link_mbit=50,
                  optical_switches=[OpticalSpec("ocs-1", ports=4, preset="mems", optics_millis=1000)],
                  fibres={"ocs-1": {"1": "leaf-1/7", "2": "leaf-2/7", "3": "leaf-3/7", "4": "spine-1/4"}})
REPORT = "demo"
# Ports on each leaf: two jobs over all three leaves, one on a single leaf, the other hosts in no slice.
JOBS = {"demo-blue": [("leaf-1", 0), ("leaf-2", 0), ("leaf-3", 0)],
        "demo-green": [("leaf-1", 1), ("leaf-2", 1), ("leaf-3", 1)],
        "demo-red": [("leaf-1", 2), ("leaf-1", 3)]}
# What each member of a job offers; the flood is more than its links can carry.
JOB_BITS_PER_SECOND = SPEC.link_mbit * 900_000
FLOOD_BITS_PER_SECOND = SPEC.link_mbit * 2_000_000
MEASURE_SECONDS = 3
ROUNDS = 3
# The job that comes last, for whose leaves all cables are taken.
LATE = "demo-grey"
# In the order in which they follow each other; all of those that move light are "switching" together.
PHASES = ("allocating", "draining", "preparing", "setting", "tuning", "verifying", "discovering", "installing")
LATE_PLACES = [("leaf-2", 2), ("leaf-3", 2)]


def main():
    results.remove_earlier([REPORT])
    figures = {}
    began = time.monotonic()
    try:
        with Lab("short") as lab:
            _tell(lab, figures)
    except Exception as failure:  # the demo's last line says what went wrong, wherever it was
        print(f"\nThe demo failed: {type(failure).__name__}: {failure}", file=sys.stderr)
        return 1
    figures["seconds"] = round(time.monotonic() - began, 1)
    passed = _passed(figures)
    print("\n== The figures, also in target/reports/demo.json")
    print(results.write_report(REPORT, "short", passed, figures))
    print("\nThe demo passed." if passed else "\nThe demo FAILED: a figure is not what it should be.")
    return 0 if passed else 1


def _tell(lab, figures):
    _say("A real ONOS core, Open vSwitch, and a fabric of 3 leaves, 2 spines, 12 hosts and an optical switch")
    lab.prepare(SPEC, "onos")
    _say("Installing Cloister's .oar through POST /onos/v1/applications")
    lab.install_cloister()
    lab.wait_denied()
    lab.wait_optical()
    before = lab.fabric.rules()

    slurm = Cloister("slurm", "slurm")
    jobs = {name: [lab.fabric.hosts_of(leaf)[port] for leaf, port in places] for name, places in JOBS.items()}
    _say("A scheduler asks for three slices: PUT /cloister/v1/slices/{id}?wait=30")
    figures["slices"] = [_create(slurm, name, hosts) for name, hosts in jobs.items()]

    _say("Who reaches whom: one ping, ARP included, between every ordered pair of the 12 hosts")
    figures["reach"] = _reach(list(lab.fabric.hosts.values()), list(jobs.values()))

    _say("A neighbour at full load: traffic around demo-blue's ring, and demo-green floods the same leaves")
    figures["neighbour"] = _neighbour(jobs["demo-blue"], jobs["demo-green"])

    _say("A fourth job asks for links that nobody has to give")
    figures["refusal"] = _refusal(slurm, lab.fabric)

    _say('The same job says "circuits":"allow": light is moved for it in the optical switch')
    figures["circuits"] = _move(slurm, lab.fabric)

    _say("The jobs end: DELETE, and the switches are as they were")
    for name in [*jobs, LATE]:
        slurm.delete(name)
        print(f"   {name} is gone")
    left = sum(len(rules ^ before[name]) for name, rules in lab.fabric.rules().items())
    print(f"   rules that differ from before the first slice: {left}")
    figures["rulesLeft"] = left


def _create(slurm, name, hosts):
    began = time.monotonic()
    slice_ = slurm.create(name, hosts)
    allocation = slice_["allocation"]
    spines = sorted({link["to"].split("/")[0] for link in allocation["links"] if link["to"].startswith("spine")})
    print(f"   {name}: {slice_['state']} in {time.monotonic() - began:.1f} s, tag {allocation['tag']}, "
          f"{len(hosts)} hosts, {len(allocation['links'])} links by {', '.join(spines) or 'no spine'}, "
          f"guarantee {allocation['guarantee']}")
    return {"id": name, "tag": allocation["tag"], "links": len(allocation["links"]), "spines": spines,
            "guarantee": allocation["guarantee"], "secondsToActive": round(time.monotonic() - began, 2)}


def _reach(hosts, jobs):
    job_of = {host.name: number for number, job in enumerate(jobs) for host in job}
    pairs = pings.between(hosts)
    answered = pings.answered(pairs)
    inside = [reached for (one, other), reached in zip(pairs, answered)
              if job_of.get(one.name, one.name) == job_of.get(other.name, other.name)]
    outside = len(pairs) - len(inside)
    crossed = sum(answered) - sum(inside)
    print(f"   inside a slice: {sum(inside)} of {len(inside)} pairs reach each other")
    print(f"   everybody else: {crossed} of {outside} pairs reach each other")
    return {"pairsInside": len(inside), "pairsInsideReached": sum(inside),
            "pairsOutside": outside, "pairsOutsideReached": crossed}


def _neighbour(blue, green):
    alone, beside = [], []
    with Load(ring(blue), JOB_BITS_PER_SECOND) as job:
        for _ in range(ROUNDS):
            alone.append(min(job.measure(MEASURE_SECONDS)))
            with Load(ring(green), FLOOD_BITS_PER_SECOND):
                beside.append(min(job.measure(MEASURE_SECONDS)))
            print(f"   demo-blue alone {alone[-1] / 1e6:.1f} Mbit/s, beside the flood {beside[-1] / 1e6:.1f} Mbit/s")
    ratio = statistics.median(loaded / silent for silent, loaded in zip(alone, beside))
    print(f"   ratio, median of {ROUNDS}: {ratio:.3f}")
    return {"aloneBitsPerSecond": round(statistics.median(alone)),
            "besideBitsPerSecond": round(statistics.median(beside)), "ratio": round(ratio, 3)}


def _refusal(slurm, fabric):
    answer = slurm.put(LATE, _late(fabric))
    problem = answer.json()
    print(f"   {answer.status} {problem['type']}: {problem['detail']} (retryable: {problem['retryable']})")
    return {"status": answer.status, "type": problem["type"], "retryable": problem["retryable"]}


def _move(slurm, fabric):
    planned = slurm.plan(LATE, _late(fabric), circuits="allow").expect(200).json()["allocation"]["circuits"]
    print(f"   dryRun: {', '.join(_named(fabric, circuit) for circuit in planned)}")
    began = time.monotonic()
    slice_ = slurm.create(LATE, _late(fabric), circuits="allow")
    seconds = time.monotonic() - began
    phases = slice_["phaseMillis"]
    print(f"   {LATE}: {slice_['state']} in {seconds:.1f} s, of which in ms: "
          f"{', '.join(f'{phase} {phases[phase]}' for phase in PHASES if phase in phases)}")
    light = sorted(fabric.optical_switch("ocs-1").circuits())
    reached = sum(pings.answered(pings.between(_late(fabric))))
    print(f"   in the switch's data path: {', '.join('{}-{}'.format(*pair) for pair in light)}; "
          f"{reached} of 2 pairs of {LATE} reach each other")
    return {"planned": planned, "phaseMillis": phases, "secondsToActive": round(seconds, 2), "light": light,
            "pairsReached": reached}


def _named(fabric, circuit):
    ends = fabric.optical_switch(circuit["switch"]).ends
    return f"{circuit['switch']} joins {' and '.join(ends[int(port)] for port in circuit['ports'])}"


def _late(fabric):
    return [fabric.hosts_of(leaf)[port] for leaf, port in LATE_PLACES]


def _passed(figures):
    reach = figures["reach"]
    return (reach["pairsInsideReached"] == reach["pairsInside"] and reach["pairsOutsideReached"] == 0
            and figures["neighbour"]["ratio"] >= 0.97 and figures["refusal"]["status"] == 409
            and figures["circuits"]["pairsReached"] == 2 and figures["rulesLeft"] == 0)


def _say(line):
    print(f"\n== {line}", flush=True)
