"""What a run leaves behind: JSON reports with figures, JUnit XML, and a summary."""
import json
import os
import re
import subprocess
import traceback
import xml.etree.ElementTree as xml
from dataclasses import dataclass

from cloister_tests.places import JUNIT, REPORTS, ROOT

_NUMBERS = re.compile(r"\[[\s\d.,eE+-]*\]")


@dataclass(frozen=True)
class Result:
    """How one step of a scenario went. failure is None, or the exception."""
    scenario: str
    step: str
    seconds: float
    failure: BaseException

    @property
    def passed(self):
        return self.failure is None


def remove_earlier(report_names):
    """No report survives from an earlier run, whether this run will write it again or not."""
    for name in report_names:
        (REPORTS / f"{name}.json").unlink(missing_ok=True)
    for path in JUNIT.glob("TEST-*.xml"):
        path.unlink()


def commit():
    """The commit of the working tree, marked -dirty when the tree differs from it."""
    head = _git("rev-parse", "HEAD") or "unknown"
    return head + ("-dirty" if _git("status", "--porcelain") else "")


def write_report(name, mode, passed, figures):
    report = {"commit": commit(), "cores": os.cpu_count(), "mode": mode, "passed": passed, **figures}
    REPORTS.mkdir(parents=True, exist_ok=True)
    # Lists of numbers on one line, for whoever reads the run's output.
    text = _NUMBERS.sub(lambda found: " ".join(found.group().split()), json.dumps(report, indent=2))
    (REPORTS / f"{name}.json").write_text(text + "\n")
    return text


def write_junit(scenario, results):
    suite = xml.Element("testsuite", name=f"mininet.{scenario}", tests=str(len(results)), errors="0", skipped="0",
                        failures=str(sum(not result.passed for result in results)),
                        time=f"{sum(result.seconds for result in results):.3f}")
    for result in results:
        case = xml.SubElement(suite, "testcase", classname=f"mininet.{scenario}", name=result.step,
                              time=f"{result.seconds:.3f}")
        if not result.passed:
            failure = xml.SubElement(case, "failure", type=type(result.failure).__name__, message=str(result.failure))
            failure.text = "".join(traceback.format_exception(result.failure))
    JUNIT.mkdir(parents=True, exist_ok=True)
    xml.ElementTree(suite).write(JUNIT / f"TEST-mininet.{scenario}.xml", encoding="utf-8", xml_declaration=True)


def _git(*words):
    done = subprocess.run(["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *words], text=True,
                          capture_output=True, timeout=30, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
