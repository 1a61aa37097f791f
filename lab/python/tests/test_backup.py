"""bin/backup against a Cloister of memory alone."""
import copy
import importlib.machinery
import importlib.util
import unittest
import urllib.parse
from pathlib import Path

_FILE = Path(__file__).resolve().parents[3] / "bin" / "backup"
_LOADER = importlib.machinery.SourceFileLoader("cloister_backup", str(_FILE))
backup = importlib.util.module_from_spec(importlib.util.spec_from_loader(_LOADER.name, _LOADER))
_LOADER.exec_module(backup)


class Fake(backup.Cloister):
    """Two slices a page; refuses what a test says, and is not ready for as many requests as a test says."""

    def __init__(self, *slices, drains=(), circuits=(), refused=(), late=0):
        super().__init__("http://127.0.0.1:1", "a:b")
        self.kept = {each["id"]: each for each in slices}
        self.drained, self.refused, self.late, self.writes = list(drains), refused, late, []
        # by hand, beside one that a slice has
        self.lit = list(circuits)

    def request(self, method, path, body=None, **headers):
        name, _, query = path.partition("?")
        if method == "PUT":
            return self._put(name, query, body, headers)
        if name == "drains":
            return 200, {}, {"items": [{"name": each} for each in self.drained]}
        if name == "circuits":
            return 200, {}, {"items": [circuit("ocs-1", "7", "8", None), *self.lit], "nextCursor": None}
        first = query.partition("cursor=")[2]
        rest = [self.kept[key] for key in sorted(self.kept) if key > first]
        return 200, {}, {"items": copy.deepcopy(rest[:2]), "nextCursor": rest[1]["id"] if len(rest) > 2 else None}

    def _put(self, name, query, body, headers):
        if self.late:
            self.late -= 1
            return 503, {"Retry-After": "7"}, {"detail": "no leader"}
        self.writes.append(f"{name}?{query}")
        kind, _, key = name.partition("/")
        if key in self.refused:
            return 409, {}, {"detail": "leaf-1 has no uplink free"}
        if kind == "drains":
            self.drained.append(key)
            return 200, {}, {}
        if kind == "circuits":
            self.lit.append(circuit(*map(urllib.parse.unquote, key.split("/"))))
            return 202, {}, {}
        assert headers == {"If-None-Match": "*"}
        self.kept[key] = slice_of(key, query.partition("owner=")[2], spec=body)
        return 202, {}, self.kept[key]


def slice_of(name, owner="slurm", state="ACTIVE", spec=None):
    return {"id": name, "owner": owner, "state": state, "spec": spec or {"nodes": [name]}, "generation": 3}


def circuit(switch, port, peer, demand="ESTABLISHED"):
    return {"switch": switch, "ports": [port, peer], "state": "CONNECTED", "demand": demand and {"phase": demand}}


class BackupTest(unittest.TestCase):

    def setUp(self):
        self.said, self.slept = [], []

    def _restore(self, cloister, saved):
        return backup.restore(cloister, saved, 30, self.slept.append, self.said.append)

    def test_what_was_saved_comes_back(self):
        saved = backup.save(Fake(slice_of("a"), slice_of("b", "kueue"), slice_of("c"), drains=["spine-2"],
                                 circuits=[circuit("ocs-1", "1", "5"), circuit("ocs-2", "1/1", "n 2")]))
        empty = Fake()
        self.assertEqual([], self._restore(empty, saved))
        self.assertEqual(saved, backup.save(empty))
        self.assertEqual("drains/spine-2?", empty.writes[0])
        self.assertEqual(["circuits/ocs-1/1/5?", "circuits/ocs-2/1%2F1/n%202?"], empty.writes[1:3])
        self.assertIn("slices/b?owner=kueue", empty.writes)

    def test_slices_that_hold_nothing_are_not_saved(self):
        saved = backup.save(Fake(slice_of("a", state="FAILED"), slice_of("b", state="REMOVING"), slice_of("c")))
        self.assertEqual(["c"], [each["id"] for each in saved["slices"]])

    def test_what_is_there_stays_as_it_is(self):
        saved = backup.save(Fake(slice_of("a"), slice_of("b")))
        there = Fake(slice_of("a", spec={"nodes": ["other"]}), slice_of("b"))
        self.assertEqual([], self._restore(there, saved))
        self.assertEqual([], there.writes)
        self.assertIn("a: is there, with another owner or specification; left as it is", self.said)

    def test_refusals_are_told_and_the_others_restored(self):
        saved = backup.save(Fake(slice_of("a"), slice_of("b"), drains=["spine-1"],
                                 circuits=[circuit("ocs-1", "1", "5")]))
        faults = self._restore(Fake(refused=("a", "spine-1", "ocs-1/1/5")), saved)
        self.assertEqual([f"{what}: 409 leaf-1 has no uplink free" for what in ("drain spine-1", "circuit ocs-1/1/5", "a")],
                         faults)
        self.assertIn("restored: 1 slices", self.said)

    def test_files_from_before_there_were_circuits_are_read(self):
        saved = backup.save(Fake(slice_of("a")))
        del saved["circuits"]
        self.assertEqual([], self._restore(Fake(), saved))

    def test_it_asks_again_while_cloister_is_not_ready(self):
        self.assertEqual([], self._restore(Fake(late=2), backup.save(Fake(slice_of("a")))))
        self.assertEqual([7, 7], self.slept)


if __name__ == "__main__":
    unittest.main()
