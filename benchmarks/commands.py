#!/usr/bin/python3
"""Runs bin/benchmark and bin/replay as a user does, and looks at what they leave behind.

benchmarks/commands.py [--full]     --full also runs the long campaigns

Each command's output is shown while it runs. Writes JUnit XML to target/benchmark-reports.
"""
import csv
import json
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
REPORTS = ROOT / "target" / "reports"
JUNIT = ROOT / "target" / "benchmark-reports" / "TEST-commands.xml"
FULL = "--full" in sys.argv[1:]

sys.path.insert(0, str(ROOT / "lab" / "python"))
from tests.__main__ import JunitResult, write  # noqa: E402  (after the path is set)

POLICIES = ["ideal", "ecmp-1", "ecmp-4", "ecmp-16", "spray", "vclos", "laas", "cloister", "cloister-ocs"]
FIGURES = ["jctMeanSeconds", "jctP99Seconds", "jwtMeanSeconds", "jrtMeanSeconds", "utilisation", "fragmentation"]
LIT = HERE / "fabrics" / "small-ocs-64.json"
SMALL = HERE / "fabrics" / "small-64.json"
SAMPLE = HERE / "traces" / "sample.csv"


def run(command, *words, seconds=600, cwd=None):
    """(exit code, output) of a command of bin; its output is shown while it runs."""
    print(f"\n-- bin/{command} {' '.join(map(str, words))}", flush=True)
    process = subprocess.Popen([ROOT / "bin" / command, *map(str, words)], stdout=subprocess.PIPE, cwd=cwd,
                               stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, errors="replace")
    deadline = threading.Timer(seconds, process.terminate)
    deadline.start()
    lines = []
    try:
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
        return process.wait(), "".join(lines)
    finally:
        deadline.cancel()
        process.stdout.close()


def report(name):
    return json.loads((REPORTS / f"{name}.json").read_text())


class BenchmarkTest(unittest.TestCase):
    """bin/benchmark: times are told, never judged."""

    def test_every_decision_is_timed(self):
        code, output = run("benchmark", *(["--full"] if FULL else []), seconds=7200 if FULL else 900)
        self.assertEqual(0, code)
        decision = report("decision")
        self.assertEqual("full" if FULL else "short", decision["mode"])
        self.assertTrue(decision["commit"])
        for row in decision["rows"]:
            self.assertTrue({"fabric", "engine", "class"} <= row.keys(), row)
            self.assertLess(0, row["p50Micros"], row)
            self.assertLessEqual(row["p50Micros"], row["p99Micros"], row)
        self.assertEqual(len(decision["rows"]), len({(row["what"], row["fabric"], row["engine"], row["class"])
                                                     for row in decision["rows"]}))
        self.assertIn("p99 us", output)


class ReplayTest(unittest.TestCase):
    """bin/replay, on fabrics and traces that come with it."""

    def replay(self, name, policies, loads, *words, seconds=600):
        """The report of a replay; checks that all rows are there and make sense."""
        code, output = run("replay", *words, "--name", name, "--policies", ",".join(policies),
                           "--loads", ",".join(map(str, loads)), seconds=seconds)
        self.assertEqual(0, code)
        found = report(f"replay-{name}")
        self.assertEqual([(policy, load) for policy in policies for load in loads],
                         [(row["policy"], row["load"]) for row in found["rows"]])
        for row in found["rows"]:
            self.assertLess(0, row["measured"], row)
            self.assertTrue(all(row[figure] >= 0 for figure in FIGURES), row)
            self.assertAlmostEqual(row["jctMeanSeconds"], row["jwtMeanSeconds"] + row["jrtMeanSeconds"], delta=1e-6
                                   * row["jctMeanSeconds"], msg=row)
            self.assertLessEqual(row["jctMeanSeconds"], row["jctP99Seconds"], row)
            self.assertLessEqual(row["utilisation"], 1 + 1e-9, row)
            self.assertLessEqual(row["fragmentation"], 1 + 1e-9, row)
            self.assertIn(f"{row['policy']} ", output)
        self.assertEqual(-67.6, found["published"]["vclosJctOverEcmpPercent"])
        with open(REPORTS / f"replay-{name}.csv", newline="") as file:
            self.assertEqual([row["jctMeanSeconds"] for row in found["rows"]],
                             [float(row["jctMeanSeconds"]) for row in csv.DictReader(file)])
        picture = (REPORTS / f"replay-{name}.svg").read_text()
        self.assertEqual("{http://www.w3.org/2000/svg}svg", xml.fromstring(picture).tag)
        self.assertEqual(found["synthetic"], "synthetic" in picture)
        self.assertEqual(found["synthetic"], "synthetic" in output)
        self.assertTrue(found["complete"])
        self.assertEqual(found["passed"], all(each.get("holds", True) for each in found["comparisons"]))
        return found

    def test_all_policies_bulk(self):
        found = self.replay("sample-bulk", POLICIES, [0.6, 0.9], LIT, SAMPLE, "--seeds", 2)
        self.assertFalse(found["synthetic"])

    def test_all_policies_iterations(self):
        found = self.replay("sample-iterations", POLICIES, [0.8], LIT, SAMPLE, "--seeds", 1, "--model", "iterations",
                            "--jobs", 60)
        self.assertEqual("iterations", found["settings"]["jobModel"])

    def test_backfill_and_circuits_that_take_their_time(self):
        words = [LIT, SAMPLE, "--seeds", 1, "--backfill"]
        found = self.replay("sample-backfill", ["vclos", "laas", "cloister"], [0.9], *words)
        self.assertEqual("backfill", found["settings"]["queue"])
        found = self.replay("sample-slow", ["cloister-ocs"], [0.9], *words, "--circuit-delay", 6)
        self.assertEqual(6, found["settings"]["circuitSeconds"])

    def test_the_same_again_gives_the_same(self):
        words = ["sample-again", ["ecmp-4", "cloister"], [0.8], SMALL, SAMPLE, "--seeds", 2]
        self.assertEqual(self.replay(*words)["rows"], self.replay(*words)["rows"])

    def test_without_volumes_results_are_synthetic(self):
        found = self.replay("laas-short", ["ideal", "laas", "cloister"], [0.9], SMALL, "generate:laas?jobs=300",
                            "--seeds", 1)
        self.assertTrue(found["synthetic"])

    def test_a_large_fabric_with_light(self):
        found = self.replay("ocs-vclos-short", ["ideal", "vclos", "cloister", "cloister-ocs"], [0.8],
                            HERE / "fabrics" / "ocs-8192.json", "generate:ocs-vclos?jobs=400", "--seeds", 1)
        self.assertEqual(8192, found["fabric"]["leaves"] * found["fabric"]["hostsPerLeaf"])

    def test_from_any_directory_and_errors_name_file_line_and_field(self):
        with tempfile.TemporaryDirectory() as directory:
            trace = Path(directory) / "jobs.csv"
            trace.write_text("#job id,arrival time (sec),size,duration (sec)\r\n0,0,8,60\r\n1,5,eight,60\r\n")
            code, output = run("replay", SMALL, "jobs.csv", cwd=directory)
            self.assertEqual(2, code)
            self.assertIn("jobs.csv:3: size: 'eight' is not an integer", output)
            trace.write_text("#job id,arrival time (sec),size,duration (sec)\r\n0,0,8,60\r\n1,5,4,60\r\n2,6,8,60\r\n")
            code, output = run("replay", SMALL, "jobs.csv", "--seeds", 1, "--loads", 0.5, "--policies", "ideal",
                               "--out", "results", cwd=directory)
            self.assertEqual(0, code)
            self.assertTrue((Path(directory) / "results" / "replay-small-64-jobs.json").exists())


@unittest.skipUnless(FULL, "a long campaign")
class CampaignTest(ReplayTest):
    """The two published workloads on their fabrics, over all loads, five seeds each."""

    LOADS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]

    def campaign(self, name, policies, *words):
        """Replays, and expects that Cloister is not worse than either baseline at any load, nor far from ideal."""
        found = self.replay(name, policies, self.LOADS, *words, seconds=4 * 3600)
        self.assertEqual("full", found["mode"])
        judged = {(each["policy"], each["against"]): each for each in found["comparisons"] if "holds" in each}
        expected = {("cloister", "vclos"), ("cloister", "laas")}
        if "cloister-ocs" in policies:
            expected.add(("cloister-ocs", "ideal"))
        self.assertEqual(expected, set(judged), found["comparisons"])
        for pair, comparison in judged.items():
            with self.subTest(pair):
                self.assertTrue(comparison["holds"], comparison)

    def test_ocs_vclos(self):
        self.campaign("ocs-vclos", POLICIES, HERE / "fabrics" / "ocs-8192.json", "generate:ocs-vclos")

    def test_laas(self):
        self.campaign("laas", POLICIES[:-1], HERE / "fabrics" / "laas-11664.json", "generate:laas?mean=64&jobs=5000")


def tests():
    load = unittest.TestLoader().loadTestsFromTestCase
    suite = unittest.TestSuite([load(BenchmarkTest), load(ReplayTest)])
    if FULL:
        suite.addTests(CampaignTest(name) for name in ("test_ocs_vclos", "test_laas"))
    return suite


def main():
    JUNIT.unlink(missing_ok=True)
    began = time.monotonic()
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=JunitResult).run(tests())
    write(result.cases, JUNIT)
    print(f"benchmarks and replays took {time.monotonic() - began:.0f} s", flush=True)
    return 0 if result.wasSuccessful() and result.cases else 1


if __name__ == "__main__":
    sys.exit(main())
