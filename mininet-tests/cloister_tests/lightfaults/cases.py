"""What goes wrong with light, and what may come of it: data.

ACTIVE is always allowed. `else_` is what a slice may be instead, its reason then names the switch and one of `words`.
"""
from dataclasses import dataclass, field

from cloister_tests.lightfaults.places import END, FAR, FAULTY, NEAR, PEER, PORT

BEFORE, DURING, AFTER = MOMENTS = ("before", "during", "after")
ANY = ("DEGRADED", "FAILED")
_AT_PORT = (f"port {PORT}", f"{PORT} to {PEER}", f"{FAULTY}/{PORT}", END)


@dataclass(frozen=True)
class Kind:
    """One kind of fault, for the emulator of FAULTY.

    parameters: of the fault, with those in by_moment where they differ;  moments: when it can happen at all.
    else_:      states besides ACTIVE that a slice may be in while the fault lasts.
    words:      one of them is in the reason, beside the switch's name.
    unharmed:   slices that must not lose a packet.
    unlinked:   the faulty port leads nowhere or elsewhere, so no rule may ever send to it, if the fault was there in time.
    avoided:    moments at which a slice must not be ACTIVE over the faulty port.
    lossy:      packets over the faulty port are lost and nobody can tell, so that an ACTIVE slice may lose some.
    seconds:    until the outcome.
    """
    name: str
    parameters: dict = field(default_factory=dict)
    by_moment: dict = field(default_factory=dict)
    moments: tuple = MOMENTS
    else_: tuple = ANY
    words: tuple = _AT_PORT
    unharmed: tuple = (NEAR, FAR)
    unlinked: bool = False
    avoided: tuple = ()
    lossy: bool = False
    seconds: float = 45

    def parameters_at(self, moment):
        return {**self.parameters, **self.by_moment.get(moment, {})}


_port = {"port": str(PORT)}
# Light of somebody else: at the faulty port, or where nothing is.
_at_port, _elsewhere = {"one": str(PORT), "other": "7"}, {"one": "7", "other": "8"}
KINDS = (
    # one that is stuck where it should be does no harm
    Kind("stuck-mirror", _port, unlinked=True, avoided=(BEFORE, DURING)),
    # as packets go it is to the spare fibre of spine-2: nobody is there but the spine
    Kind("mis-steer", {**_port, "to": "7"}, unlinked=True, avoided=MOMENTS),
    Kind("loss-of-light", _port, unlinked=True, avoided=MOMENTS),
    # weak light in use carries packets: it is told, and the job goes on
    Kind("degraded-power", {**_port, "db": 20}, avoided=(BEFORE, DURING)),
    Kind("bit-errors", {**_port, "probability": 0.2}, lossy=True),
    Kind("set-then-invalid", _port, unlinked=True, avoided=MOMENTS),
    Kind("subscribe-drop", {"refuse": True}, words=(FAULTY,)),
    Kind("subscribe-late", {"millis": 2000}, words=(FAULTY,)),
    Kind("subscribe-duplicate", words=(FAULTY,)),
    Kind("deadline-but-applied", {"millis": 20000}, words=(FAULTY,)),
    Kind("cold-reboot", {"millis": 3000}, words=(FAULTY,), unharmed=(FAR,)),
    Kind("management-dead", words=(FAULTY,)),
    # takes the port, wins over the controller, or takes the slice's circuit away
    Kind("second-writer", by_moment={BEFORE: _at_port, AFTER: {"delete": f"cloister:{PORT}:{PEER}"}}, words=(FAULTY,)),
    # a link over it is as good as any, as long as it is there
    Kind("hardware-only-connection", _elsewhere, by_moment={BEFORE: _at_port}, words=(FAULTY,)),
)


def cases():
    """(kind, moment) of every case, kind by kind."""
    return [(kind, moment) for kind in KINDS for moment in kind.moments]
