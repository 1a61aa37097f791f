"""Open vSwitch of this machine: started where it is not running, and stopped only if it was started here."""
import os
from pathlib import Path

from cloister_lab import paths, process
from cloister_lab.command import run
from cloister_lab.marks import BRIDGE_KEY, BRIDGE_VALUE

CTL = "/usr/share/openvswitch/scripts/ovs-ctl"
PID_FILES = [Path("/run/openvswitch") / name for name in ("ovsdb-server.pid", "ovs-vswitchd.pid")]


def start():
    """Starts the database and the switch, and removes the lab's own bridges that an earlier life left."""
    if not is_running():
        # The database first and alone: the switch would otherwise build leftover bridges up again.
        _ctl("start", "--no-ovs-vswitchd")
        delete_own_bridges(wait=False)
        _ctl("start", "--no-ovsdb-server")
        paths.write_json(paths.OVS_STATE, [process.identity(_pid(file)) for file in PID_FILES])


def stop():
    """Stops Open vSwitch if the lab started it; somebody else's keeps running."""
    remembered = paths.read_json(paths.OVS_STATE)
    if remembered is None:
        return
    if not is_running():
        # Killed: its database still holds the lab's bridges, for whoever starts it next.
        start()
        remembered = paths.read_json(paths.OVS_STATE)
    for daemon in reversed(remembered):
        process.stop(daemon)
    # The userspace datapath's own interface outlives a switch that was killed.
    run("ip", "link", "delete", "ovs-netdev", check=False)
    paths.OVS_STATE.unlink()


def is_running():
    return all(process.start_time(_pid(file)) is not None for file in PID_FILES)


def kernel_datapath():
    """True where the kernel has Open vSwitch's datapath."""
    run("modprobe", "openvswitch", check=False)
    return os.path.isdir("/sys/module/openvswitch")


def delete_own_bridges(wait=True):
    """Removes every bridge that carries the lab's mark. With wait=False ovs-vswitchd need not run."""
    patience = ["--timeout=20"] if wait else ["--timeout=20", "--no-wait"]
    names = run("ovs-vsctl", *patience, "--bare", "--columns=name", "find", "bridge",
                f"external_ids:{BRIDGE_KEY}={BRIDGE_VALUE}").split()
    words = [word for name in names for word in ("--", "--if-exists", "del-br", name)]
    if words:
        run("ovs-vsctl", *patience, *words)


def _ctl(*words):
    # Started with this process's descriptors closed by subprocess; the daemons detach by themselves.
    run(CTL, "--no-mlockall", "--system-id=random", *words, seconds=60)


def _pid(file):
    try:
        return int(file.read_text())
    except (FileNotFoundError, ValueError):
        return -1
