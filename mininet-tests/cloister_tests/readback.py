"""How Cloister reads rules back from switches: its property readBack."""
from cloister_lab import waiting

COMPONENT = "org.cloister.isolation.control.SliceManager"
DEFAULT = "poll"
SECONDS = 30


def use(lab, mode):
    """Chooses "poll" or "barrier". ONOS answers before the component has the value; its log tells when it does."""
    if _mode(lab) == mode:
        return
    lab.onos.rest().post(f"/configuration/{COMPONENT}", {"readBack": mode}).expect(200)
    waiting.until(lambda: _mode(lab) != mode and f"readBack to be {mode}", SECONDS, interval=0.02)


def _mode(lab):
    """The way that the component last said it uses, from the end of ONOS's log, or of those before it: a log that has
    become too large begins anew."""
    for log in sorted(lab.onos.log.parent.glob(f"{lab.onos.log.name}*"), key=_written, reverse=True):
        _, found, said = _text(log).rpartition("readBack is ")
        if found and said:
            return said.split()[0]
    return DEFAULT


def _written(log):
    try:
        return log.stat().st_mtime_ns
    except FileNotFoundError:  # it has just got another name
        return 0


def _text(log):
    try:
        return log.read_text(errors="replace")
    except FileNotFoundError:
        return ""
