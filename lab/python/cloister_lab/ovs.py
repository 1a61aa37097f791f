"""Open vSwitch of this machine: started where it is not running, and stopped only if it was started here."""
import os
from contextlib import contextmanager
from pathlib import Path

from cloister_lab import paths, process
from cloister_lab.command import run
from cloister_lab.marks import BRIDGE_KEY, BRIDGE_VALUE

CTL = "/usr/share/openvswitch/scripts/ovs-ctl"
# The userspace datapath sends on all its ports through one socket. Packets that wait in the queue of a limited link count
# against that socket's buffer, so that with the default (208 KiB, some 90 packets) one full queue makes every other port
# drop. This is room for the queues of some 60 limited interfaces. The socket takes the value at its first packet; the one
# in force before is restored by stop().
_SEND_BUFFER = Path("/proc/sys/net/core/wmem_default")
SEND_BUFFER_BYTES = 64 << 20
# A port's receiving socket takes this when the port is added.
_RECEIVE_BUFFER = Path("/proc/sys/net/core/rmem_default")
PID_FILES = [Path("/run/openvswitch") / name for name in ("ovsdb-server.pid", "ovs-vswitchd.pid")]


def start():
    """Starts the database and the switch where they do not run, without the bridges that an earlier life left."""
    _widen_send_buffer()
    if is_running():
        return
    # The database first and alone: the switch would otherwise build leftover bridges up again.
    _ctl("start", "--no-ovs-vswitchd")
    delete_own_bridges(wait=False)
    _ctl("start", "--no-ovsdb-server")
    _remember(daemons=[process.identity(_pid(file)) for file in PID_FILES])


def stop():
    """Stops Open vSwitch if the lab started it; somebody else's keeps running."""
    if paths.read_json(paths.OVS_STATE) is None:
        return
    if not is_running():
        # Killed: its database still holds the lab's bridges, for whoever starts it next.
        start()
    remembered = paths.read_json(paths.OVS_STATE)
    if remembered["daemons"]:
        for daemon in reversed(remembered["daemons"]):
            process.stop(daemon)
        # The userspace datapath's own interface outlives a switch that was killed.
        run("ip", "link", "delete", "ovs-netdev", check=False)
    _SEND_BUFFER.write_text(str(remembered["sendBuffer"]))
    paths.OVS_STATE.unlink()


def _widen_send_buffer():
    if paths.read_json(paths.OVS_STATE) is None:
        paths.write_json(paths.OVS_STATE, {"sendBuffer": int(_SEND_BUFFER.read_text()), "daemons": []})
    _SEND_BUFFER.write_text(str(SEND_BUFFER_BYTES))


def _remember(daemons):
    paths.write_json(paths.OVS_STATE, {**paths.read_json(paths.OVS_STATE), "daemons": daemons})


def is_running():
    return all(process.start_time(_pid(file)) is not None for file in PID_FILES)


@contextmanager
def port_buffers(size):
    """Ports added in the block have buffers of this many bytes, or of the default where size is None."""
    if size is None:
        yield
        return
    before = _RECEIVE_BUFFER.read_text()
    _RECEIVE_BUFFER.write_text(str(size))
    try:
        yield
    finally:
        _RECEIVE_BUFFER.write_text(before)


def kernel_datapath():
    """True where the kernel has Open vSwitch's datapath."""
    run("modprobe", "openvswitch", check=False)
    return os.path.isdir("/sys/module/openvswitch")


def delete_own_bridges(wait=True):
    """Removes every bridge that carries the lab's mark. With wait=False ovs-vswitchd need not run."""
    patience = ["--timeout=60"] if wait else ["--timeout=60", "--no-wait"]
    names = run("ovs-vsctl", *patience, "--bare", "--columns=name", "find", "bridge",
                f"external_ids:{BRIDGE_KEY}={BRIDGE_VALUE}").split()
    words = [word for name in names for word in ("--", "--if-exists", "del-br", name)]
    if words:
        run("ovs-vsctl", *patience, *words, seconds=90)


def _ctl(*words):
    # Started with this process's descriptors closed by subprocess; the daemons detach by themselves.
    run(CTL, "--no-mlockall", "--system-id=random", *words, seconds=60)


def _pid(file):
    try:
        return int(file.read_text())
    except (FileNotFoundError, ValueError):
        return -1
