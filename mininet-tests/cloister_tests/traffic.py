"""Traffic between hosts, measured where it arrives.

The streams are UDP at a fixed rate, as a network card with hardware transport sends: what a stream gets is then decided
by the links on its way and by nobody's congestion control.
"""
import statistics
import subprocess
import time
from contextlib import ExitStack

from cloister_lab import waiting

PORT = 5001
PAYLOAD_BYTES = 1470
# Ethernet, IPv4 and UDP around it, as meters and links count: without preamble, checksum and gap.
HEADER_BYTES = 42
START_SECONDS = 10
# Of steady().
WINDOWS = 9
# Longer than any measurement: a load ends when its block does.
_RUN_SECONDS = 3600


class Load:
    """One stream per (source, destination) pair of hosts, from entering the block to leaving it.

    bits_per_second: UDP payload that each source offers. Of several streams to one host the rates are those of all of
    them together.
    """

    def __init__(self, edges, bits_per_second):
        self.edges = edges
        self.offered = bits_per_second
        self._destinations = list(dict.fromkeys(destination for _, destination in edges))
        self._stack = ExitStack()

    def __enter__(self):
        with ExitStack() as stack:
            for destination in self._destinations:
                _start(stack, destination, "iperf", "-s", "-u", "-p", PORT)
            for destination in self._destinations:
                waiting.until(lambda: "" if _is_bound(destination) else f"no receiver at {destination.name}",
                              START_SECONDS, interval=0.01)
            for source, destination in self.edges:
                _start(stack, source, "iperf", "-c", destination.ip, "-u", "-p", PORT, "-l", PAYLOAD_BYTES,
                       "-b", self.offered, "-t", _RUN_SECONDS)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._stack.close()

    def measure(self, seconds, settle=0.5):
        """Bit/s (of frames) that arrive at each destination, over some seconds after a time to settle."""
        mark = self.mark(settle)
        time.sleep(seconds)
        return self.rates_since(mark)

    def steady(self, seconds, settle=0.5):
        """The same as the median of several windows, which take some seconds together.

        What the network does to a stream it does in every window: a processor that is elsewhere for a moment spoils a few.
        """
        marks = [self.mark(settle)]
        for _ in range(WINDOWS):
            time.sleep(seconds / WINDOWS)
            marks.append(self.mark())
        windows = [_rates(before, after) for before, after in zip(marks, marks[1:])]
        return [statistics.median(rates) for rates in zip(*windows)]

    def mark(self, settle=0.0):
        """A point in time to measure from, after a time to settle."""
        time.sleep(settle)
        return time.monotonic(), self._received()

    def rates_since(self, mark):
        """Bit/s (of frames) that arrived at each destination since a mark."""
        return _rates(mark, self.mark())

    def _received(self):
        return [received_bytes(destination) for _, destination in self.edges]


def _rates(mark, later):
    (start, before), (end, after) = mark, later
    return [(now - then) * 8 / (end - start) for then, now in zip(before, after)]


def payload_of(frame_bits_per_second):
    """The bit/s of payload that make so many bit/s of frames."""
    return frame_bits_per_second * PAYLOAD_BYTES // (PAYLOAD_BYTES + HEADER_BYTES)


def ring(hosts):
    """Each host sends to the next in rank, the last to the first."""
    return list(zip(hosts, hosts[1:] + hosts[:1]))


def received_bytes(host):
    """Bytes of all frames that arrived at the host's interface so far."""
    with open(f"/proc/{host.pid}/net/dev") as interfaces:
        for line in interfaces:
            name, _, counters = line.partition(":")
            if name.strip() == host.interface:
                return int(counters.split()[0])
    raise LookupError(f"{host.name} has no interface {host.interface}")


def _is_bound(host):
    with open(f"/proc/{host.pid}/net/udp") as sockets:
        return any(f":{PORT:04X} " in line for line in sockets)


def _start(stack, host, *words):
    process = host.popen(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(_end, process)


def _end(process):
    process.kill()
    process.wait(START_SECONDS)
