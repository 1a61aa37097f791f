"""The lab as the scenarios use it: brought to what a scenario needs, and kept where the next one needs the same."""
import shutil
import time

from cloister_lab import fabric as fabrics
from cloister_lab import session, waiting
from cloister_lab.netcfg import APPLICATION
from cloister_tests.cloister import Cloister
from cloister_tests.places import JUNIT, ROOT

INSTALLED_SECONDS = 120
DENIED_SECONDS = 120
LINKS_SECONDS = 120
# ONOS sends LLDP every 3 seconds.
LINKED_SECONDS = 4
# The priority of Cloister's default deny, one rule per port.
DENY_PRIORITY = 45_000


class Lab:
    """What a check gets to work with.

    mode:     "short" or "full"
    fabric:   handle on the running fabric (cloister_lab.fabric.Fabric)
    onos:     the running ONOS (cloister_lab.onos.Onos), onos.rest() its REST
    cloister: Cloister's REST as an administrator
    """

    def __init__(self, mode, keep=False):
        self.mode = mode
        self.fabric = None
        self.onos = session.onos()
        self.cloister = Cloister()
        self._keep = keep
        self._onos_is_up = False
        self._cloister_is_up = False

    def __enter__(self):
        # Nothing of an earlier run, whatever it left.
        session.down(say=_quiet)
        return self

    def __exit__(self, *_):
        if not self._keep:
            session.down(say=_quiet)

    def prepare(self, spec, needs):
        """Brings the lab to a scenario's needs: a fabric of this specification and no slice in it."""
        if needs == "fabric":
            self._use_fabric(spec)
            return
        if needs == "new-cloister":
            self._forget_onos()
        if not self._onos_is_up:
            session.start_onos(wipe=True, say=_say)
            self._onos_is_up = True
        if self._cloister_is_up:
            self.cloister.delete_all()
        replaced = self._use_fabric(spec)
        if replaced:
            session.configure(self.fabric)
        session.wait_visible(self.fabric, say=_say)
        if needs != "onos":
            if not self._cloister_is_up:
                self.install_cloister()
            self.wait_denied()
            if self.fabric.optical_switches:
                self.wait_optical()
                self.cloister.darken()
            if replaced:
                self.wait_linked()

    def rebuild_fabric(self, spec):
        """Replaces the fabric under the running ONOS, which starts to see the new one from nothing."""
        self.fabric = session.replace_fabric(spec, say=_quiet)
        session.configure(self.fabric)
        return self.fabric

    def install_cloister(self):
        """Installs the .oar through ONOS's REST as an administrator would, and waits until Cloister answers."""
        self.onos.install(oar())
        waiting.until(self._cloister_not_ready, INSTALLED_SECONDS, say=_say)
        self._cloister_is_up = True

    def wait_denied(self):
        """Waits until every port of the fabric denies by default: Cloister then knows all of it."""
        waiting.until(self._not_denied, DENIED_SECONDS, say=_say)

    def wait_optical(self):
        """Waits until Cloister is connected to every optical switch."""
        session.wait_optical(self.fabric, say=_say)

    def keep_evidence(self, scenario):
        """Copies what explains a failure beside the JUnit reports."""
        directory = JUNIT / scenario
        directory.mkdir(parents=True, exist_ok=True)
        if self.onos.log.exists():
            shutil.copy(self.onos.log, directory / "onos.log")
        for switch in self.fabric.switches.values() if self.fabric else ():
            (directory / f"{switch.name}.flows").write_text(switch.ofctl("dump-flows"))
        for optical in self.fabric.optical_switches.values() if self.fabric else ():
            shutil.copy(optical.log, directory / f"{optical.name}.log")
            (directory / f"{optical.name}.light").write_text(f"{sorted(optical.ways())} lit {sorted(optical.lit_ports())}\n")

    def _forget_onos(self):
        """The next ONOS begins without data.

        Without storage nodes ONOS keeps its store in itself, and what it restores after its log has been compacted (32 MB)
        lacks entries: nobody can be shown to survive a restart on that.
        """
        self.onos.stop()
        self.fabric = None
        self._onos_is_up = self._cloister_is_up = False

    def wait_linked(self):
        """Waits until Cloister has seen every link without a gap for longer than LLDP takes to find them again.

        Where the ports of the fabric before were host ports, their default deny drops LLDP until it is gone: links that
        were found before it came back grow stale after it went.
        """
        whole_since = None

        def not_linked():
            nonlocal whole_since
            found = len(self.cloister.rest.get("/fabric").expect(200).json()["links"])
            expected = 2 * len(self.fabric.plan.links)
            if found != expected:
                whole_since = None
                return f"waiting for Cloister to see links {found}/{expected}"
            whole_since = whole_since or time.monotonic()
            return "" if time.monotonic() - whole_since >= LINKED_SECONDS else "waiting for the links to last"

        waiting.until(not_linked, LINKS_SECONDS, interval=0.2, say=_say)

    def _use_fabric(self, spec):
        """True when the fabric is another one than before."""
        if self.fabric and self.fabric.spec == spec:
            return False
        self.fabric = session.replace_fabric(spec, say=_quiet) if self._onos_is_up else fabrics.up(spec)
        return True

    def _cloister_not_ready(self):
        answer = self.cloister.rest.get("/fabric")
        return "" if answer.status == 200 else f"waiting for {APPLICATION}: GET fabric answers {answer.status}"

    def _not_denied(self):
        """What is missing of the rules that deny by default, in words."""
        missing = {switch.name: len(switch.ports) - sum(flow.priority == DENY_PRIORITY for flow in switch.flows())
                   for switch in self.fabric.switches.values()}
        left = [f"{name} ({count})" for name, count in missing.items() if count]
        return f"waiting for the default deny on {', '.join(left)}" if left else ""


def oar():
    """The .oar that the build made. Raises FileNotFoundError where there is none, or more than one."""
    found = sorted((ROOT / "features" / "target").glob("cloister-*.oar"))
    if len(found) != 1:
        raise FileNotFoundError(f"features/target/cloister-*.oar: found {len(found)}, expected 1; run mvn install")
    return found[0]


def _say(line):
    print(f"  {line}", flush=True)


def _quiet(_):
    pass
