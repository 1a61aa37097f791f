"""Bundles that a start of ONOS leaves alone until they are let go, by the start levels of OSGi.

    with HeldBack(onos, ["org.cloister.app-isolation"]) as held:
        onos.kill()
        onos.start()        # everything starts, these bundles do not
        held.release()      # now they do

It is how an application is kept from starting with ONOS without touching it: an application that runs when ONOS dies is
started again by Karaf itself, before anybody could ask ONOS not to.
"""
from cloister_lab import waiting

# Everything of ONOS and its applications is at or below 80, Karaf's default; Karaf starts up to 100.
LAST_LEVEL = 90
HELD_LEVEL = 95
ALL_LEVELS = 100
RELEASE_SECONDS = 60
_PROPERTY = "org.osgi.framework.startlevel.beginning"


class HeldBack:
    """From entering the block on, every start of ONOS stops short of these bundles. Those that run go on running.

    bundles: symbolic names. Leaving the block lets them go where that has not been done.
    """

    def __init__(self, onos, bundles):
        self._onos, self._bundles = onos, bundles
        self._file = onos.karaf / "etc" / "custom.properties"
        self._released = False

    def __enter__(self):
        self._onos.shell(*(f"bundle:start-level {bundle} {HELD_LEVEL}" for bundle in self._bundles))
        self._before = self._file.read_text() if self._file.exists() else ""
        self._file.write_text(f"{self._before}\n{_PROPERTY}={LAST_LEVEL}\n")
        return self

    def release(self):
        """Has them started. Raises OnosFailed, or DeadlinePassed where the level is not reached in time."""
        self._restore()
        self._onos.shell(f"system:start-level {ALL_LEVELS}")
        waiting.until(self._below, RELEASE_SECONDS)
        self._released = True

    def __exit__(self, *_):
        self._restore()
        if not self._released and self._onos.pid:
            self.release()

    def _restore(self):
        self._file.write_text(self._before)

    def _below(self):
        said = self._onos.shell("system:start-level").split()
        return "" if str(ALL_LEVELS) in said else f"start level {ALL_LEVELS}: {' '.join(said)}"
