import json
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path
from unittest import mock

from cloister_tests import results
from cloister_tests.results import Result


class Written(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.reports, self.junit = Path(directory.name) / "reports", Path(directory.name) / "junit"
        for name, path in (("REPORTS", self.reports), ("JUNIT", self.junit)):
            patch = mock.patch.object(results, name, path)
            patch.start()
            self.addCleanup(patch.stop)

    def report(self, name):
        return json.loads((self.reports / f"{name}.json").read_text())

    def test_a_report_says_what_it_was_measured_on(self):
        results.write_report("r", "short", True, {"ratios": [1.0, 0.5]})
        report = self.report("r")
        self.assertEqual(set(report), {"commit", "cores", "mode", "passed", "ratios"})
        self.assertEqual((report["mode"], report["ratios"]), ("short", [1.0, 0.5]))
        self.assertGreater(report["cores"], 0)

    def test_an_earlier_report_does_not_survive(self):
        results.write_report("r", "short", True, {})
        results.write_junit("s", [Result("s", "one", 1.0, None)])
        results.remove_earlier({"r", "never-written"})
        self.assertEqual([*self.reports.iterdir(), *self.junit.iterdir()], [])

    def test_a_failure_is_one_in_junit_with_its_reason(self):
        results.write_junit("s", [Result("s", "one", 1.0, None), Result("s", "two", 2.0, AssertionError("0.3 < 0.97"))])
        suite = xml.parse(self.junit / "TEST-mininet.s.xml").getroot()
        self.assertEqual((suite.get("tests"), suite.get("failures")), ("2", "1"))
        self.assertEqual(suite.find("testcase[@name='two']/failure").get("message"), "0.3 < 0.97")
        self.assertIsNone(suite.find("testcase[@name='one']/failure"))


if __name__ == "__main__":
    unittest.main()
