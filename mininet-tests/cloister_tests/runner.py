"""Runs scenarios one after the other and says how they went."""
import argparse
import os
import signal
import sys
import time
from contextlib import contextmanager

from cloister_tests import results, scenario as scenarios
from cloister_tests.lab import Lab
from cloister_tests.results import Result

# A step that hangs is a failure of that step, not of the machine that waits for the run.
STEP_SECONDS = 900


def main():
    arguments = _arguments()
    every = scenarios.load_all()
    if arguments.list:
        for scenario in every:
            print(f"{scenario.name:12} {scenario.about}")
        return 0
    chosen = [scenario for scenario in every if not arguments.only or scenario.name in arguments.only]
    unknown = set(arguments.only or ()) - {scenario.name for scenario in chosen}
    if unknown:
        print(f"--only: no scenario {', '.join(sorted(unknown))}; see --list", file=sys.stderr)
        return 2
    if os.geteuid() != 0:
        print("network namespaces and Open vSwitch need root", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results.remove_earlier({scenario.report for scenario in every if scenario.report})
    mode = "full" if arguments.full else "short"
    done = []
    with Lab(mode, keep=arguments.keep) as lab:
        for scenario in chosen:
            done += _run_scenario(lab, scenario, mode)
    return _summarise(done)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="name the scenarios and end")
    parser.add_argument("--only", metavar="NAME", action="append", help="run this scenario; may be given several times")
    parser.add_argument("--full", action="store_true", help="the long version of every scenario")
    parser.add_argument("--keep", action="store_true", help="leave ONOS and the fabric up at the end")
    return parser.parse_args()


def _run_scenario(lab, scenario, mode):
    print(f"\n== {scenario.name}: {scenario.about}", flush=True)
    figures, done = {}, []
    for step in scenario.steps:
        done.append(_timed(scenario.name, step.name, lambda: _run_step(lab, scenario, step, mode, figures)))
        if step.required and not done[-1].passed:
            break
    if not all(result.passed for result in done):
        lab.keep_evidence(scenario.name)
    results.write_junit(scenario.name, done)
    if scenario.report:
        print(results.write_report(scenario.report, mode, all(result.passed for result in done), figures), flush=True)
    return done


def _run_step(lab, scenario, step, mode, figures):
    lab.prepare(scenario.topology_for(step), step.needs)
    step.function()(lab, step.parameters_for(mode == "full"), figures)


def _timed(scenario, name, action):
    start, failure = time.monotonic(), None
    try:
        with _deadline(STEP_SECONDS):
            action()
    except Exception as raised:  # a failed step is a result like another
        failure = raised
    result = Result(scenario, name, time.monotonic() - start, failure)
    outcome = "passed" if result.passed else f"FAILED: {type(failure).__name__}: {failure}"
    print(f"  {name} ({result.seconds:.1f} s): {outcome}", flush=True)
    return result


@contextmanager
def _deadline(seconds):
    def ring(*_):
        raise TimeoutError(f"the step was not done after {seconds} s")
    previous = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def _summarise(done):
    failed = [result for result in done if not result.passed]
    print()
    for result in failed:
        print(f"FAILED {result.scenario}/{result.step}: {result.failure}")
    print(f"{len(done) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not done else 0
