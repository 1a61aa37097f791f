"""Processes by pid and start time: a pid alone may belong to somebody else by now."""
import os
import signal
import time


def start_time(pid):
    """Start of a process in clock ticks since boot, or None when there is no such process."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
    except OSError:
        return None
    state, ticks = fields[0], int(fields[19])
    return None if state in "ZX" else ticks


def identity(pid):
    """What to remember of a process to find it again, see is_alive."""
    return {"pid": pid, "started": start_time(pid)}


def is_alive(remembered):
    return bool(remembered) and remembered["started"] is not None \
        and start_time(remembered["pid"]) == remembered["started"]


def stop(remembered, seconds=10.0):
    """SIGTERM, and SIGKILL to what is still there after the given time. Nothing when it is gone already."""
    _end(remembered, (signal.SIGTERM, signal.SIGKILL), seconds)


def kill(remembered, seconds=10.0):
    """SIGKILL, and waits until it is gone."""
    _end(remembered, (signal.SIGKILL,), seconds)


def _end(remembered, signals, seconds):
    for sig in signals:
        if not is_alive(remembered):
            return
        try:
            os.kill(remembered["pid"], sig)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + seconds
        while is_alive(remembered) and time.monotonic() < deadline:
            time.sleep(0.02)
    if is_alive(remembered):
        raise TimeoutError(f"process {remembered['pid']} does not end")


def with_environment(variable, value=None):
    """Pids of the processes that were started with the environment variable (of that value), other than the caller."""
    needle = f"\0{variable}=".encode() if value is None else f"\0{variable}={value}\0".encode()
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/environ", "rb") as environ:
                if needle in b"\0" + environ.read():
                    found.append(int(entry))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]
