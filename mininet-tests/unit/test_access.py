import json
import random
import unittest
from types import SimpleNamespace

from cloister_tests.access import rules, walk
from cloister_tests.access.generated import Maker

DOCUMENT = {
    "paths": {
        "/slices/{id}": {"parameters": [], "put": {"requestBody": {"content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Spec"}}}}}, "get": {}},
        "/health": {"get": {}}},
    "components": {"schemas": {"Spec": {"type": "object", "required": ["members"], "properties": {
        "members": {"type": "array", "items": {"type": "object", "required": ["host"],
                                               "properties": {"host": {"type": "string"}}}},
        "leaseSeconds": {"type": ["integer", "null"], "minimum": 60, "maximum": 61}}}}}}


def answer(status, content_type="application/problem+json"):
    return SimpleNamespace(status=status, text="", headers={"Content-Type": content_type})


class Rules(unittest.TestCase):
    def test_there_is_a_status_for_every_user(self):
        for rule in (*rules.RULES.values(), rules.ONOS_STATUSES):
            self.assertEqual(len(rules.USERS), len(rule))

    def test_operations_are_those_of_the_document(self):
        self.assertEqual([("PUT", "/slices/{id}"), ("GET", "/slices/{id}"), ("GET", "/health")],
                         walk.operations(DOCUMENT))


class Faults(unittest.TestCase):
    def test_refusal_that_should_be(self):
        self.assertEqual("", walk._fault(answer(403), 403))

    def test_refusal_in_other_words(self):
        self.assertIn("403", walk._fault(answer(403, "text/html"), 403))

    def test_grant_that_should_not_be(self):
        self.assertIn("not 404", walk._fault(answer(200), 404))

    def test_refusal_that_should_not_be(self):
        self.assertIn("though it may", walk._fault(answer(403), rules.MAY))


class Generated(unittest.TestCase):
    def test_seed_gives_the_same_requests(self):
        one, other = (Maker(DOCUMENT, ["a", "b"], random.Random(7)) for _ in range(2))
        self.assertEqual([one.request() for _ in range(50)], [other.request() for _ in range(50)])

    def test_about_half_is_what_the_schema_allows(self):
        maker, valid = Maker(DOCUMENT, ["a", "b"], random.Random(1)), 0
        requests = [request for request in (maker.request() for _ in range(400)) if request[2]]
        for _, _, body, _ in requests:
            try:
                spec = json.loads(body)
                valid += {member["host"] for member in spec["members"]} <= {"a", "b"} and set(spec) <= {
                    "members", "leaseSeconds"} and spec.get("leaseSeconds", 60) in (60, 61, None)
            except (ValueError, KeyError, TypeError):
                pass
        self.assertTrue(0.4 < valid / len(requests) < 0.9, valid / len(requests))


if __name__ == "__main__":
    unittest.main()
