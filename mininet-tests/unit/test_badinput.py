import unittest
from types import SimpleNamespace

from cloister_lab import netcfg
from cloister_lab.topology import FabricPlan
from cloister_tests.badinput import light, optical
from cloister_tests.badinput.cases import Case, cases
from cloister_tests.badinput.requests import judge
from cloister_tests.scenario import load_topology

FREE = ["gpu-001-0", "gpu-002-0", "gpu-003-0", "gpu-004-0"]


def answer(status, problem, content_type="application/problem+json"):
    return SimpleNamespace(status=status, text=str(problem), headers={"Content-Type": content_type},
                           json=lambda: problem)


class Cases(unittest.TestCase):
    def test_names_are_unique_and_enough(self):
        names = [case.name for case in cases(FREE, ["gpu-005-0"])]
        self.assertEqual(sorted(set(names)), sorted(names))
        self.assertGreaterEqual(len(names), 30)


class Judge(unittest.TestCase):
    CASE = Case("a host in use", 409, "host-in-use", None, "/members/0/host", "gpu-001-0")
    PROBLEM = {"type": "/cloister/v1/problems/host-in-use", "status": 409,
               "errors": [{"pointer": "/members/0/host", "value": "gpu-001-0", "message": "taken"}]}

    def test_right_refusal(self):
        self.assertEqual("", judge(self.CASE, answer(409, self.PROBLEM)))

    def test_wrong_status(self):
        self.assertIn("not 409", judge(self.CASE, answer(202, {})))

    def test_wrong_type(self):
        self.assertIn("host-in-use", judge(self.CASE, answer(409, {**self.PROBLEM, "type": "about:blank"})))

    def test_wrong_field(self):
        self.assertIn("/members/0/host", judge(self.CASE, answer(409, {**self.PROBLEM, "errors": []})))

    def test_wrong_value(self):
        errors = [{"pointer": "/members/0/host", "value": "gpu-002-0"}]
        self.assertIn("gpu-001-0", judge(self.CASE, answer(409, {**self.PROBLEM, "errors": errors})))

    def test_no_problem(self):
        self.assertIn("text/html", judge(self.CASE, answer(409, self.PROBLEM, "text/html")))

    def test_container_refuses_by_itself(self):
        self.assertEqual("", judge(Case("nobody", 401, None), answer(401, None, "text/html")))


class OpticalCases(unittest.TestCase):
    PLAN = FabricPlan(load_topology("optical"))

    def test_names_are_unique(self):
        names = [case.name for case in [*light.mistakes(self.PLAN), *light.contradictions(self.PLAN), *light.requests()]]
        self.assertEqual(sorted(set(names)), sorted(names))

    def test_each_mistake_is_one(self):
        good = netcfg.application(self.PLAN)
        for mistake in light.mistakes(self.PLAN):
            with self.subTest(mistake.name):
                self.assertNotEqual(good, mistake.body)
        for contradiction in light.contradictions(self.PLAN):
            with self.subTest(contradiction.name):
                self.assertNotEqual(good["fibres"], contradiction.body["fibres"])
                self.assertEqual({**good, "fibres": {}}, {**contradiction.body, "fibres": {}})

    def test_answers_are_judged_by_status_field_and_words(self):
        mistake = light.mistakes(self.PLAN)[0]
        right = {"field": "/dialect", "reason": "\"tl1\": must be one of ocp-gnmi, polatis-netconf"}
        self.assertEqual("", optical.fault(mistake, answer(400, right)))
        self.assertIn("not 400", optical.fault(mistake, answer(200, right)))
        self.assertIn("/port", optical.fault(mistake, answer(400, {**right, "field": "/port"})))
        self.assertIn("bad", optical.fault(mistake, answer(400, {**right, "reason": "bad"})))


if __name__ == "__main__":
    unittest.main()
