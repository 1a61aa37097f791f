"""ONOS on this machine: unpack, start, wait, kill, stop.

    onos = Onos("/var/lib/cloister-lab/onos")
    onos.start(wipe=True)
    onos.wait_ready(120)
    onos.kill()

A run directory holds a copy of the distribution (karaf/, its data in karaf/data) and the applications that were
installed (apps/). It is found again by any process that names the same directory, even when the pid file is lost: the
process carries the directory in its environment.
"""
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

from cloister_lab import paths, ports, process, waiting
from cloister_lab.java import java_home
from cloister_lab.rest import Rest, RestUnreachable

DISTRIBUTION = Path(__file__).resolve().parents[2] / "karaf" / "target" / "assembly"
MARK = "CLOISTER_LAB_ONOS"
# REST, shell, cluster, OpenFlow twice
PORTS = (8181, 8101, 9876, 6653, 6633)
READY_SECONDS = 120.0
POLL_SECONDS = 0.25
PORT_SECONDS = 10.0
KILL_SECONDS = 15.0
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def idle_components(listed):
    """Names of the components of which scr:list shows an instance that is not active."""
    idle, name = [], None
    for line in listed.splitlines():
        words = line.split()
        if " in bundle " in line:
            name = words[0]
        elif "State:" in line and "State:ACTIVE" not in line:
            idle.append(name)
    return idle


class OnosFailed(RuntimeError):
    """ONOS could not be started, ended by itself, or was not ready in time."""


class Onos:
    """The ONOS of one run directory, running or not.

    distribution: the assembled directory that is copied into the run directory.
    heap: as java's -Xmx takes it.
    """

    def __init__(self, run_dir, distribution=DISTRIBUTION, heap="1g"):
        self.run_dir = Path(run_dir).resolve()
        self.karaf = self.run_dir / "karaf"
        self.distribution = Path(distribution)
        self.heap = heap
        self._pid_file = self.run_dir / "onos.pid.json"
        self._copied_file = self.run_dir / "distribution.json"
        self._child = None

    @property
    def log(self):
        return self.karaf / "data" / "log" / "karaf.log"

    @property
    def console(self):
        """What the process printed before it had a log."""
        return self.run_dir / "console.log"

    @property
    def pid(self):
        """Process id of the running ONOS of this directory, or None."""
        return next(iter(self._processes()), {"pid": None})["pid"]

    def start(self, wipe=False):
        """Starts ONOS; does nothing when it runs, unless wipe is set: then the running one is killed first.

        wipe: begin with an empty store and no application. A distribution that was built anew also begins so.
        Raises OnosFailed where a port is taken or the distribution is not built.
        """
        if wipe:
            self.kill()
        elif self.pid:
            return
        copied = self._copied_from()
        if wipe or paths.read_json(self._copied_file) != copied:
            self._unpack(copied)
        self._refuse_taken_ports()
        environment = dict(os.environ, JAVA_HOME=java_home(), JAVA_MAX_MEM=self.heap,
                           CHECK_ROOT_INSTANCE_RUNNING="false", **{MARK: str(self.run_dir)})
        with open(self.console, "wb") as console:
            # "daemon" replaces the script by java: the pid is java's
            self._child = subprocess.Popen([self.karaf / "bin" / "karaf", "daemon"], cwd=self.karaf, env=environment,
                                           stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
                                           start_new_session=True)
        paths.write_json(self._pid_file, process.identity(self._child.pid))

    def wait_ready(self, deadline_seconds=READY_SECONDS, say=print):
        """Waits until REST answers and every component of ONOS's features is active. Returns the seconds waited.

        say: called with a line whenever what it waits for changes. Raises OnosFailed when ONOS ends or the deadline
        passes, with what is missing.
        """
        def missing():
            if self.pid is None:
                raise OnosFailed(f"ONOS ended by itself; {self.console} says: {self._tail()}")
            return self._missing()

        try:
            return waiting.until(missing, deadline_seconds, POLL_SECONDS, lambda what: say(f"waiting for ONOS: {what}"))
        except waiting.DeadlinePassed as late:
            raise OnosFailed(f"ONOS not ready {late}{self._unsatisfied()}; see {self.log}") from None

    def kill(self):
        """SIGKILL, as a crash would end it. Nothing when it does not run."""
        for identity in self._processes():
            pid = identity["pid"]
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            waiting.until(lambda: process.is_alive(identity) and f"process {pid} survives SIGKILL", KILL_SECONDS, 0.02)
        self._forget()

    def stop(self, seconds=30.0):
        """Asks ONOS to end, and kills it when it has not after the given time. Nothing when it does not run."""
        for identity in self._processes():
            process.stop(identity, seconds)
        self._forget()

    def status(self):
        """{"running", "ready", "pid", "waitingFor", "runDirectory"} as of now."""
        pid = self.pid
        missing = self._missing() if pid else "start"
        return {"running": pid is not None, "ready": missing is None, "pid": pid, "waitingFor": missing,
                "runDirectory": str(self.run_dir)}

    def rest(self, prefix="/onos/v1", **options):
        """The REST of ONOS as its administrator."""
        return Rest(prefix=prefix, **options)

    def shell(self, *commands, seconds=60.0):
        """Runs commands in the ONOS shell, one after another, and returns what they printed, without colours.

        Raises OnosFailed with the output when one of them fails; those after it have not run.
        """
        # commands as arguments would end when standard input does
        done = subprocess.run([*self._client(), "-b"], cwd=self.karaf, input="\n".join(commands) + "\n", text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds,
                              env=dict(os.environ, JAVA_HOME=java_home()))
        output = _COLOUR.sub("", done.stdout)
        if done.returncode:
            raise OnosFailed(f"ONOS shell: {'; '.join(commands)}: {output.strip()[-600:] or 'no output'}")
        return output

    def interactive_shell(self):
        """The ONOS shell on the caller's terminal. Returns its exit code."""
        return subprocess.run(self._client(), cwd=self.karaf, env=dict(os.environ, JAVA_HOME=java_home())).returncode

    def _client(self):
        return [str(self.karaf / "bin" / "client"), "-u", "onos", "-p", "rocks"]

    def install(self, oar, activate=True, seconds=60.0):
        """Installs an application from its .oar, in place of an installed version. Returns ONOS's description."""
        query = "?activate=true" if activate else ""
        return self.rest().post(f"/applications{query}", Path(oar).read_bytes(), seconds=seconds).expect(200).json()

    def uninstall(self, name, seconds=60.0):
        """Removes an installed application and returns once nothing is left of it.

        ONOS answers after two seconds, done or not, and takes away the archive last: it would be that of an application
        of the same name that is installed in between.
        """
        self.rest().delete(f"/applications/{name}", seconds=seconds).expect(204)
        archive = self.run_dir / "apps" / name
        waiting.until(lambda: archive.exists() and f"{archive} is still there", seconds, 0.02)

    def _missing(self):
        """What ONOS still has to do before it is ready, or None."""
        rest = self.rest(seconds=5.0)
        try:
            answer = rest.get("/applications")
            if answer.status != 200:
                return f"REST answers {answer.status}"
            nodes = rest.get("/cluster")
        except RestUnreachable:
            return "REST"
        states = [node["status"] for node in nodes.json()["nodes"]] if nodes.status == 200 else []
        # a node calls itself READY when every component of every feature named onos-* is active
        return None if states and set(states) == {"READY"} else "components of its features"

    def _unsatisfied(self):
        """The components that are not active, for an error message: empty when they cannot be asked."""
        try:
            waiting_ones = idle_components(self.shell("scr:list", seconds=20))
        except (OnosFailed, OSError, subprocess.TimeoutExpired):
            return ""
        return f" (not active: {', '.join(waiting_ones)})" if waiting_ones else ""

    def _processes(self):
        """The processes of this directory's ONOS, as process.identity has them; the one it started itself first."""
        remembered = paths.read_json(self._pid_file)
        # by its start time: its environment cannot be read at the moment when the script becomes java
        found = [remembered] if process.is_alive(remembered) else []
        known = {identity["pid"] for identity in found}
        marked = [process.identity(pid) for pid in process.with_environment(MARK, self.run_dir) if pid not in known]
        return found + [identity for identity in marked if process.is_alive(identity)]

    def _forget(self):
        self._pid_file.unlink(missing_ok=True)
        if self._child:
            self._child.wait(KILL_SECONDS)
            self._child = None

    def _copied_from(self):
        if not (self.distribution / "bin" / "karaf").exists():
            raise OnosFailed(f"no distribution at {self.distribution}: build it with bin/setup --build")
        return {"distribution": str(self.distribution), "built": self.distribution.stat().st_mtime_ns}

    def _unpack(self, copied):
        shutil.rmtree(self.run_dir, ignore_errors=True)
        self.run_dir.mkdir(parents=True)
        shutil.copytree(self.distribution, self.karaf, symlinks=True)
        (self.run_dir / "apps").mkdir()
        paths.write_json(self._copied_file, copied)

    @staticmethod
    def _refuse_taken_ports():
        """The threads of a killed ONOS may keep its ports for a moment; anybody else keeps them for longer."""
        def taken():
            return "; ".join(f"TCP port {port}, which ONOS needs, is taken by {ports.holder(port) or 'somebody'}"
                             for port in PORTS if not ports.is_free(port))
        try:
            waiting.until(taken, PORT_SECONDS)
        except waiting.DeadlinePassed as late:
            raise OnosFailed(str(late)) from None

    def _tail(self):
        try:
            return self.console.read_text(errors="replace").strip()[-600:] or "nothing"
        except OSError:
            return "nothing"
