"""Circuits that must not change, looked for in the kernel again and again while others' light moves and ONOS dies."""
import threading

EVERY_SECONDS = 0.5


class Sampler:
    """From entering the block to leaving it. changed: {circuit: how often it was not there};  samples: how often looked.

    circuits: {(switch, port, port), ...}
    """

    def __init__(self, fabric, circuits):
        self._fabric, self._circuits = fabric, circuits
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._failure = None
        self.changed, self.samples = {}, 0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
        if self._failure:
            raise RuntimeError(f"tc could not be read: {self._failure}") from self._failure

    def _look(self):
        try:
            while not self._over.is_set():
                seen = {name: switch.circuits() for name, switch in self._fabric.optical_switches.items()}
                for name, one, other in self._circuits:
                    if (one, other) not in seen[name]:
                        self.changed[name, one, other] = self.changed.get((name, one, other), 0) + 1
                self.samples += 1
                self._over.wait(EVERY_SECONDS)
        except Exception as failure:  # for whoever leaves the block
            self._failure = failure
