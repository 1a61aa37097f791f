"""Where the lab keeps what it must find again after its processes are gone."""
import fcntl
import json
import os
from contextlib import contextmanager
from pathlib import Path

RUN = Path("/run/cloister-lab")
FABRIC_STATE = RUN / "fabric.json"
FABRIC_LOG = RUN / "fabric.log"
# One directory per optical switch: what its emulator reads, keeps and logs.
OPTICAL = RUN / "optical"
OVS_STATE = RUN / "ovs.json"
# Not below RUN: that is often a small memory file system from which nothing may be executed.
ONOS = Path("/var/lib/cloister-lab/onos")


def read_json(path):
    """The content of a state file, or None when there is none."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return None


def write_json(path, value):
    """Replaces a state file as a whole, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps(value, indent=1) + "\n")
    os.replace(scratch, path)


@contextmanager
def exclusive():
    """One change of the lab at a time; a second one waits for the first."""
    RUN.mkdir(parents=True, exist_ok=True)
    with open(RUN / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
