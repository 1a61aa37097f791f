"""The emulated fabric: up, down, and a handle on what runs.

    fabric = up(FabricSpec(leaves=3, spines=2, hosts=4))
    fabric.host("gpu-001-0").run("ping", "-c1", "10.0.2.1", check=False)
    fabric.switch("leaf-1").flows()
    down()

A fabric outlives the process that asked for it. Its namespaces live in a process of their own (fabricd), and a state
file says where everything is.
"""
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from cloister_lab import ovs, paths, process
from cloister_lab.command import run
from cloister_lab.handles import Fabric, Host, Switch
from cloister_lab.marks import HOST_VARIABLE, LINK_GROUP
from cloister_lab.topology import FabricSpec

__all__ = ["Fabric", "FabricNotUp", "FabricSpec", "Host", "Switch", "down", "load", "up"]

BUILD_SECONDS = 180


class FabricNotUp(RuntimeError):
    """There is no running fabric, or it could not be built."""


def up(spec):
    """Builds a fabric in place of any that is there and returns a handle on it.

    Starts Open vSwitch where it is not running, and every optical switch, dark. Raises FabricNotUp with the builder's
    reason, or emulator.EmulatorFailed.
    """
    with paths.exclusive():
        _sweep()
        ovs.start()
        _spawn(spec)
        fabric = load()
        for optical in fabric.optical_switches.values():
            optical.launch(fresh=True)
        for optical in fabric.optical_switches.values():
            optical.wait_ready()
        return fabric


def load():
    """A handle on the running fabric, whoever started it. Raises FabricNotUp where none runs."""
    state = paths.read_json(paths.FABRIC_STATE)
    if state is None or not process.is_alive(state["daemon"]):
        raise FabricNotUp("no fabric is up")
    return Fabric(state)


def down(stop_ovs=True):
    """Takes away the fabric and what earlier ones left. Does nothing where nothing is."""
    with paths.exclusive():
        _sweep()
        if stop_ovs:
            ovs.stop()


def _spawn(spec):
    with open(paths.FABRIC_LOG, "w") as log:
        daemon = subprocess.Popen([sys.executable, "-m", "cloister_lab.fabricd"], text=True, start_new_session=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd="/",
                                  env={**os.environ, HOST_VARIABLE: "fabric",
                                       "PYTHONPATH": str(Path(__file__).resolve().parents[1])})
    with daemon.stdin, daemon.stdout:
        daemon.stdin.write(json.dumps(spec.to_json()))
        daemon.stdin.close()
        readable, _, _ = select.select([daemon.stdout], [], [], BUILD_SECONDS)
        answer = daemon.stdout.readline().strip() if readable else f"not built within {BUILD_SECONDS} s"
    if answer != "ready":
        _sweep()
        raise FabricNotUp(f"{answer or 'the builder died'}, see {paths.FABRIC_LOG}")


def _sweep():
    """Removes every trace of a fabric by its marks: the same way after an orderly end and after a kill."""
    paths.FABRIC_STATE.unlink(missing_ok=True)
    if ovs.is_running():
        ovs.delete_own_bridges()
    _kill_marked()
    run("ip", "link", "delete", "group", LINK_GROUP, check=False)


def _kill_marked(seconds=20):
    deadline = time.monotonic() + seconds
    while pids := process.with_environment(HOST_VARIABLE):
        if time.monotonic() > deadline:
            raise TimeoutError(f"processes of the fabric do not end: {pids}")
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.05)
