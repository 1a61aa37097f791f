"""How long circuits may take before they count as failed: short, for faults that nobody waits out.

Longer than what the emulated switches take and two probes of discovery, 3 s each.
"""
from contextlib import contextmanager

COMPONENT = "org.cloister.ocs.control.CircuitManager"
SHORT = {"switchingMillis": 3000, "verifyingMillis": 7000, "awaitingMillis": 5000}


@contextmanager
def short(lab):
    rest = lab.onos.rest()
    rest.post(f"/configuration/{COMPONENT}", SHORT).expect(200)
    try:
        yield
    finally:
        rest.delete(f"/configuration/{COMPONENT}", body=SHORT).expect(204)
