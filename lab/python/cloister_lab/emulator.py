"""A handle on one optical switch of the running fabric: its process, its faults, and where its light goes.

The switch is a network namespace with one interface per fibre. The process in it is its management: when that ends, the
light stays as it is.
"""
import os
import shutil
import subprocess
from pathlib import Path

from cloister_lab import light, paths, process, waiting
from cloister_lab.command import run
from cloister_lab.control import Control, ControlFailed
from cloister_lab.java import java
from cloister_lab.marks import HOST_VARIABLE
from cloister_lab.optical import GNMI_PORT, USER, Files

BUILT = Path(__file__).resolve().parents[2] / "ocs-emulator" / "target"
PASSWORD = "light"
START_SECONDS = 30
# A small server beside ONOS and many switches: little memory, and no time spent on compiling what runs once.
_JAVA_OPTIONS = ("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_CERTIFICATE_DAYS = 3650


class EmulatorFailed(RuntimeError):
    """The emulator was not built, ended by itself, or did not answer in time."""


class OpticalSwitch:
    """name, device (ONOS's id), address;  ends: {port number: "leaf-1/5"};  control: see control.Control."""

    def __init__(self, planned, ends, pid):
        self.name, self.device, self.address = planned.name, planned.device, planned.address
        self.ends = ends
        self.pid = pid
        self.files = Files(self.name)
        self.control = Control(self.files.control)
        self._planned = planned
        self._child = None

    @property
    def log(self):
        return self.files.log

    @property
    def is_running(self):
        return process.is_alive(paths.read_json(self.files.pid))

    def start(self):
        """Starts the emulator where it does not run and waits until it answers. It takes up the circuits that are there."""
        self.launch()
        self.wait_ready()

    def launch(self, fresh=False):
        """Starts the emulator where it does not run. fresh: with new keys and no memory of circuits."""
        if fresh:
            self._make_files()
        elif self.is_running:
            return
        self.files.control.unlink(missing_ok=True)
        with open(self.files.log, "a") as log:
            self._child = subprocess.Popen(self.command(*self._emulator()), stdin=subprocess.DEVNULL, stdout=log,
                                           stderr=subprocess.STDOUT, cwd="/", start_new_session=True,
                                           env={**os.environ, HOST_VARIABLE: self.name})
        # mnexec becomes the emulator: the pid is java's
        paths.write_json(self.files.pid, process.identity(self._child.pid))

    def wait_ready(self):
        """Waits until it answers. Raises EmulatorFailed with what it said."""
        try:
            waiting.until(self._not_answering, START_SECONDS, 0.05)
        except waiting.DeadlinePassed as late:
            raise EmulatorFailed(f"{self.name} {late}; see {self.log}") from None

    def stop(self):
        """Ends the emulator in order. The light stays."""
        process.stop(paths.read_json(self.files.pid))
        self._reap()

    def kill(self):
        """SIGKILL, as a crash would end it. The light stays."""
        process.kill(paths.read_json(self.files.pid))
        self._reap()

    def command(self, *words):
        """The words of a command that runs in the switch's namespace."""
        return ["mnexec", "-a", str(self.pid), *(str(word) for word in words)]

    def run(self, *words, stdin=None, seconds=30, check=True):
        """Runs a command in the namespace, see command.run."""
        return run(*self.command(*words), stdin=stdin, seconds=seconds, check=check,
                   env={**os.environ, HOST_VARIABLE: self.name})

    def circuits(self):
        """Port pairs that packets pass between in both directions, as tc has them: {(1, 5), ...}, the lower first."""
        return light.both_ways(self.ways())

    def ways(self):
        """Where packets that come in at a port are sent, as tc has it: {(from, to), ...}."""
        return frozenset((port, to) for port in range(1, self._planned.spec.ports + 1) for to in self._ways(port))

    def lit_ports(self):
        """Ports at whose fibre the neighbour sees light."""
        return frozenset(light.port_of(name) for name in light.lit(self.run("ip", "-j", "link", "show"))
                         if name.startswith(f"{self.name}-p"))

    def _ways(self, port):
        filters = self.run("tc", "-j", "filter", "show", "dev", self._planned.interface(port), "ingress", check=False)
        return [light.port_of(to) for to in light.redirections(filters)]

    def _emulator(self):
        spec, files = self._planned.spec, self.files
        words = [java(), *_JAVA_OPTIONS, "-jar", _jar(), "--name", self.name, "--ports", spec.ports,
                 "--listen", f"0.0.0.0:{GNMI_PORT}", "--certificate", files.certificate, "--key", files.key,
                 "--username", USER, "--password-file", files.password, "--control", files.control,
                 "--state-dir", files.state, "--interface-prefix", f"{self.name}-p", "--preset", spec.preset,
                 "--plant", "tc"]
        for option, value in (("--switching-millis", spec.switching_millis), ("--optics-millis", spec.optics_millis)):
            words += [option, value] if value is not None else []
        return words

    def _make_files(self):
        files = self.files
        shutil.rmtree(files.directory, ignore_errors=True)
        files.state.mkdir(parents=True)
        files.password.touch(0o600)
        files.password.write_text(PASSWORD + "\n")
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", files.key, "-out", files.certificate, "-days", _CERTIFICATE_DAYS, "-subj", f"/CN={self.name}",
            "-addext", f"subjectAltName=IP:{self.address},DNS:{self.name}")

    def _not_answering(self):
        if not self.is_running:
            raise EmulatorFailed(f"{self.name} ended by itself; {self.log} says: {self._tail()}")
        try:
            self.control.show()
        except ControlFailed as failure:
            return str(failure)
        return ""

    def _reap(self):
        self.files.pid.unlink(missing_ok=True)
        if self._child:
            self._child.wait(START_SECONDS)
            self._child = None

    def _tail(self):
        try:
            return self.log.read_text(errors="replace").strip()[-600:] or "nothing"
        except OSError:
            return "nothing"


def _jar():
    found = sorted(BUILT.glob("cloister-lab-ocs-emulator-*.jar"))
    if len(found) != 1:
        raise EmulatorFailed(f"{BUILT}/cloister-lab-ocs-emulator-*.jar: found {len(found)}; build it with bin/setup --build")
    return found[0]
