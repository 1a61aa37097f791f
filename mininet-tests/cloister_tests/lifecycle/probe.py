"""One UDP datagram after another from one host to another, to see when the first one gets through.

Runs as a process in a host: `probe.py send ADDRESS` until it is killed, `probe.py receive` until the first datagram,
whose time it prints. Times are CLOCK_MONOTONIC in ns, which all processes of a machine share.
"""
import socket
import subprocess
import sys
import time

PORT = 6999
# Finer than what is measured, coarse enough to leave the processor alone.
INTERVAL_SECONDS = 0.005
START_SECONDS = 10


class Probe:
    """From entering the block on, source sends to destination."""

    def __init__(self, source, destination):
        self.source, self.destination = source, destination

    def __enter__(self):
        self._receiver = self._start(self.destination, "receive")
        self._sender = self._start(self.source, "send", self.destination.ip)
        return self

    def __exit__(self, *_):
        for process in (self._sender, self._receiver):
            process.kill()
            process.communicate(timeout=START_SECONDS)

    def first_arrival(self, seconds):
        """When the first datagram arrived, in ns of time.monotonic_ns(). Raises TimeoutExpired."""
        said, _ = self._receiver.communicate(timeout=seconds)
        return int(said)

    @staticmethod
    def _start(host, *words):
        """Starts one end and returns once it runs."""
        process = host.popen(sys.executable, __file__, *words, stdout=subprocess.PIPE, text=True)
        process.stdout.readline()
        return process


def _receive():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("", PORT))
        print("bound", flush=True)
        receiver.recv(16)
        print(time.monotonic_ns(), flush=True)


def _send(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        print("sending", flush=True)
        while True:
            sender.sendto(b"cloister", (address, PORT))
            time.sleep(INTERVAL_SECONDS)


if __name__ == "__main__":
    _receive() if sys.argv[1] == "receive" else _send(sys.argv[2])
