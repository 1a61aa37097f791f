"""Runs the unit tests of all Python here, the lab's and the scenarios', and writes JUnit XML.

`/usr/bin/python3 -m tests [FILE]` in lab/python.
"""
import sys
import time
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
DIRECTORIES = (HERE, ROOT / "mininet-tests" / "unit")
DEFAULT = ROOT / "target" / "python-reports" / "TEST-lab-python.xml"


class JunitResult(unittest.TextTestResult):
    """Keeps every test with how it went: (id, seconds, kind of failure or None, text)."""

    def __init__(self, *words, **options):
        super().__init__(*words, **options)
        self.cases = []

    def startTest(self, test):
        super().startTest(test)
        self._began = time.monotonic()

    def addSuccess(self, test):
        super().addSuccess(test)
        self._keep(test, None, "")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._keep(test, "failure", self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self._keep(test, "error", self.errors[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._keep(subtest, "failure", "a sub-test failed; see the console")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._keep(test, "skipped", reason)

    def _keep(self, test, kind, text):
        self.cases.append((test.id(), time.monotonic() - getattr(self, "_began", time.monotonic()), kind, text))


def write(cases, path):
    suite = xml.Element("testsuite", name="lab-python", tests=str(len(cases)))
    for name, seconds, kind, text in cases:
        owner, _, method = name.rpartition(".")
        case = xml.SubElement(suite, "testcase", classname=owner, name=method, time=f"{seconds:.3f}")
        if kind:
            xml.SubElement(case, kind).text = text
    path.parent.mkdir(parents=True, exist_ok=True)
    xml.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def _discover(directory):
    sys.path.insert(0, str(directory.parent))
    return unittest.TestLoader().discover(str(directory), top_level_dir=str(directory.parent))


def main(path):
    path.unlink(missing_ok=True)
    tests = unittest.TestSuite(_discover(directory) for directory in DIRECTORIES)
    result = unittest.TextTestRunner(resultclass=JunitResult).run(tests)
    write(result.cases, path)
    return 0 if result.wasSuccessful() and result.cases else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
