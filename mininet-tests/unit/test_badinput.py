import unittest
from types import SimpleNamespace

from cloister_tests.badinput.cases import Case, cases
from cloister_tests.badinput.requests import judge

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


if __name__ == "__main__":
    unittest.main()
