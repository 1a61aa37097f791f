import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from cloister_tests import scenario
from cloister_tests.scenario import BadScenario


class Files(unittest.TestCase):
    """The scenarios as they are in the repository."""

    def test_every_check_exists(self):
        for each in scenario.load_all():
            for step in each.steps:
                with self.subTest(f"{each.name}: {step.name}"):
                    self.assertTrue(callable(step.function()))

    def test_full_overrides_only_what_short_has(self):
        for each in scenario.load_all():
            for step in each.steps:
                self.assertLessEqual(set(step.full), set(step.parameters), f"{each.name}: {step.name}")

    def test_those_that_need_less_come_first(self):
        needs = [scenario.NEEDS.index(each.needs) for each in scenario.load_all()]
        self.assertEqual(needs, sorted(needs))

    def test_no_report_is_written_twice(self):
        reports = [each.report for each in scenario.load_all() if each.report]
        self.assertEqual(len(set(reports)), len(reports))


class Loading(unittest.TestCase):
    GOOD = {"about": "a", "needs": "cloister", "topology": "t", "steps": [
        {"name": "one", "check": "core.rules:round_trip", "parameters": {"n": 1, "m": 2}, "full": {"n": 9}},
        {"name": "two", "check": "core.rules:round_trip", "needs": "fabric"}]}

    def load(self, raw):
        with tempfile.TemporaryDirectory() as directory:
            for kind, name, value in (("scenarios", "s", raw), ("topologies", "t", {"leaves": 3})):
                path = Path(directory) / kind
                path.mkdir()
                (path / f"{name}.json").write_text(json.dumps(value))
            with mock.patch.object(scenario, "TESTS", Path(directory)):
                return scenario.load("s")

    def test_full_parameters_are_short_ones_but_for_those_named(self):
        step = self.load(self.GOOD).steps[0]
        self.assertEqual(step.parameters_for(False), {"n": 1, "m": 2})
        self.assertEqual(step.parameters_for(True), {"n": 9, "m": 2})

    def test_a_step_that_needs_only_the_fabric_gets_it_without_controller(self):
        loaded = self.load(self.GOOD)
        self.assertIsNotNone(loaded.topology_for(loaded.steps[0]).controller)
        self.assertIsNone(loaded.topology_for(loaded.steps[1]).controller)

    def test_refusals_name_file_and_field(self):
        for wrong, words in (({**self.GOOD, "needs": "wings"}, ("scenarios/s.json", "needs", "wings")),
                             ({**self.GOOD, "colour": 1}, ("scenarios/s.json", "colour")),
                             ({**self.GOOD, "steps": [{"name": "x", "chek": "y"}]}, ("'x'", "chek"))):
            with self.subTest(words), self.assertRaises(BadScenario) as refusal:
                self.load(wrong)
            for word in words:
                self.assertIn(word, str(refusal.exception))


if __name__ == "__main__":
    unittest.main()
