"""Start, find, kill and stop, with a distribution whose "java" is a sleeping shell."""
import os
import socket
import stat
import tempfile
import threading
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from cloister_lab import onos as module
from cloister_lab.onos import Onos, OnosFailed
from cloister_lab.rest import RestUnreachable

SLEEPS = "exec sleep 60"
ENDS = "echo no such option; exit 3"


class FakeRest:
    """What ONOS answers: None for no connection, else (status of /applications, states of the nodes)."""

    def __init__(self, answer):
        self.answer = answer

    def get(self, path):
        if self.answer is None:
            raise RestUnreachable("connection refused")
        status, states = self.answer
        nodes = {"nodes": [{"status": state} for state in states]}
        return SimpleNamespace(status=status, json=lambda: nodes)

    def delete(self, path, seconds):
        return SimpleNamespace(expect=lambda *statuses: None)


class OnosTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)
        self.answer = None
        for change in (mock.patch.object(module, "PORTS", ()), mock.patch.object(module, "POLL_SECONDS", 0.01),
                       mock.patch.object(module, "PORT_SECONDS", 0.1),
                       mock.patch.object(Onos, "rest", lambda this, **options: FakeRest(self.answer))):
            change.start()
            self.addCleanup(change.stop)
        self.onos = Onos(self.scratch / "run", self.distribution(SLEEPS))
        self.addCleanup(lambda: self.onos.kill())

    def distribution(self, script):
        root = self.scratch / "assembly"
        (root / "bin").mkdir(parents=True, exist_ok=True)
        karaf = root / "bin" / "karaf"
        karaf.write_text(f"#!/bin/sh\n{script}\n")
        karaf.chmod(karaf.stat().st_mode | stat.S_IXUSR)
        return root

    def test_runs_from_its_own_directory_until_killed(self):
        self.assertIsNone(self.onos.pid)
        self.onos.start()
        pid = self.onos.pid
        self.assertEqual(str(self.onos.karaf), os.readlink(f"/proc/{pid}/cwd"))
        self.assertTrue(self.onos.status()["running"])
        self.onos.kill()
        self.assertIsNone(self.onos.pid)
        self.assertFalse(Path(f"/proc/{pid}/cwd").exists())

    def test_a_running_one_is_left_alone(self):
        self.onos.start()
        pid = self.onos.pid
        self.onos.start()
        self.assertEqual(pid, self.onos.pid)

    def test_a_restart_keeps_the_data_and_a_wipe_does_not(self):
        self.onos.start()
        kept = self.onos.karaf / "data" / "db"
        kept.mkdir(parents=True)
        self.onos.kill()
        self.onos.start()
        self.assertTrue(kept.exists())
        before = self.onos.pid
        self.onos.start(wipe=True)
        self.assertFalse(kept.exists())
        self.assertNotEqual(before, self.onos.pid)

    def test_a_new_distribution_begins_anew(self):
        self.onos.start()
        kept = self.onos.karaf / "data"
        kept.mkdir()
        self.onos.stop()
        os.utime(self.onos.distribution, (1, 1))
        self.onos.start()
        self.assertFalse(kept.exists())

    def test_is_found_without_its_pid_file(self):
        self.onos.start()
        pid = self.onos.pid
        (self.onos.run_dir / "onos.pid.json").unlink()
        again = Onos(self.scratch / "run", self.onos.distribution)
        waited = 0
        while again.pid != pid and waited < 3000:  # until the script has become the program
            waited += 1
            module.waiting.time.sleep(0.01)
        self.assertEqual(pid, again.pid)
        again.kill()
        self.assertIsNone(self.onos.pid)

    def test_the_pid_of_somebody_else_is_not_taken_for_its_own(self):
        self.onos.run_dir.mkdir()
        module.paths.write_json(self.onos.run_dir / "onos.pid.json", {"pid": os.getpid(), "started": 1})
        self.assertIsNone(self.onos.pid)
        self.onos.kill()

    def test_another_directory_is_another_onos(self):
        other = Onos(self.scratch / "other", self.onos.distribution)
        self.addCleanup(other.kill)
        self.onos.start()
        self.assertIsNone(other.pid)
        other.kill()
        self.assertIsNotNone(self.onos.pid)

    def test_says_what_it_waits_for_and_names_it_at_the_deadline(self):
        said = []
        self.onos.start()
        with self.assertRaisesRegex(OnosFailed, "not ready after 0.05 s: REST"):
            self.onos.wait_ready(0.05, said.append)
        self.answer = (503, [])
        with self.assertRaisesRegex(OnosFailed, "REST answers 503"):
            self.onos.wait_ready(0.05, said.append)
        self.answer = (200, ["ACTIVE"])
        with self.assertRaisesRegex(OnosFailed, "components"):
            self.onos.wait_ready(0.05, said.append)
        self.answer = (200, ["READY"])
        self.onos.wait_ready(0.05, said.append)
        self.assertEqual(["waiting for ONOS: REST", "waiting for ONOS: REST answers 503",
                          "waiting for ONOS: components of its features"], said)

    def test_one_that_ends_by_itself_is_not_waited_for(self):
        ended = Onos(self.scratch / "run", self.distribution(ENDS))
        ended.start()
        with self.assertRaisesRegex(OnosFailed, "ended by itself.*no such option"):
            ended.wait_ready(5, lambda line: None)

    def test_an_application_is_uninstalled_when_its_archive_has_gone_after_the_answer(self):
        archive = self.onos.run_dir / "apps" / "org.example"
        archive.mkdir(parents=True)
        threading.Timer(0.1, archive.rmdir).start()
        self.onos.uninstall("org.example", seconds=10)
        self.assertFalse(archive.exists())

    def test_a_taken_port_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            with mock.patch.object(module, "PORTS", (port,)), self.assertRaisesRegex(OnosFailed, f"port {port}"):
                self.onos.start()
        self.assertIsNone(self.onos.pid)

    def test_without_a_distribution_it_says_how_to_get_one(self):
        with self.assertRaisesRegex(OnosFailed, "bin/setup --build"):
            Onos(self.scratch / "run", self.scratch / "nowhere").start()


class Components(unittest.TestCase):
    def test_names_those_that_are_not_active(self):
        listed = """org.onosproject.net.host.impl.HostManager in bundle 138 (org.onosproject.onos-core-net:2.5.6) enabled, 1 instance.
    Id: 71, State:ACTIVE, PID(s): [org.onosproject.net.host.impl.HostManager]
org.onosproject.net.meter.impl.MeterManager in bundle 138 (org.onosproject.onos-core-net:2.5.6) enabled, 1 instance.
    Id: 96, State:UNSATISFIED REFERENCE
org.onosproject.net.flowobjective.impl.FlowObjectiveManager in bundle 138 (org.onosproject.onos-core-net:2.5.6) disabled, 0 instances.
"""
        self.assertEqual(["org.onosproject.net.meter.impl.MeterManager"], module.idle_components(listed))


if __name__ == "__main__":
    unittest.main()
