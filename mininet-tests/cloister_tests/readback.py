"""How Cloister reads rules back from switches: its property readBack."""
from cloister_lab import waiting

COMPONENT = "org.cloister.isolation.control.SliceManager"
DEFAULT = "poll"
SECONDS = 10


def use(lab, mode):
    """Chooses "poll" or "barrier". ONOS answers before the component has the value; its log tells when it does."""
    if _mode(lab) == mode:
        return
    lab.onos.rest().post(f"/configuration/{COMPONENT}", {"readBack": mode}).expect(200)
    waiting.until(lambda: _mode(lab) != mode and f"readBack to be {mode}", SECONDS, interval=0.02)


def _mode(lab):
    """The way that the component last said it uses, from the end of ONOS's log."""
    said = lab.onos.log.read_text(errors="replace").rpartition("readBack is ")[2]
    return said.split()[0] if said else DEFAULT
