"""What an administrator sets on ONOS so that its restart leaves the switches' rules alone."""
from contextlib import contextmanager

from cloister_lab import waiting

COMPONENT = "org.onosproject.net.flow.impl.FlowRuleManager"
PROPERTIES = ("allowExtraneousRules", "importExtraneousRules")
SECONDS = 20


@contextmanager
def rules_kept(lab):
    """ONOS keeps, and takes over, rules that it does not know; set persistently, and back at the end."""
    _set(lab, True)
    try:
        yield
    finally:
        _set(lab, False)


def _set(lab, value):
    rest = lab.onos.rest()
    rest.post(f"/configuration/{COMPONENT}", {name: str(value).lower() for name in PROPERTIES}).expect(200)
    waiting.until(lambda: _differing(rest, str(value).lower()), SECONDS)


def _differing(rest, wanted):
    """The properties that the running component does not have yet, in words."""
    shown = rest.get(f"/configuration/{COMPONENT}").expect(200).json()[COMPONENT]
    return ", ".join(f"{name} is {shown.get(name)}" for name in PROPERTIES if shown.get(name) != wanted)
