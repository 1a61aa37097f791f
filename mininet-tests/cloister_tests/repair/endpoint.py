"""The two processes of a measurement: `endpoint.py send|receive`, with the order as JSON on standard input.

The order is {"ledger", "run", "streams": [{"source", "destination": pids of hosts, "address"}], "capacity", "perSecond"}.
Each process holds one socket per stream, in the namespace of its host. It says "ready" once it can do its work and then
does it until it is killed.
"""
import json
import os
import select
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cloister_tests.isolation.netns import socket_in  # noqa: E402  (after the path is set)
from cloister_tests.repair import packet  # noqa: E402
from cloister_tests.repair.ledger import MOST_COPIES, Ledger  # noqa: E402

# A machine that is busy with something else must not make a switch look bad: room for seconds of packets, and
# precedence over what is not a switch (Open vSwitch runs at -10).
BUFFER_BYTES = 16 << 20
NICE = -8
MADE_UP_AT_ONCE = 4
# asm-generic/socket.h
_SO_SNDBUFFORCE, _SO_RCVBUFFORCE, _SO_TIMESTAMPNS = 32, 33, 35


def main(role, order):
    os.setpriority(os.PRIO_PROCESS, 0, NICE)
    streams = order["streams"]
    ledger = Ledger(order["ledger"], len(streams), order["capacity"])
    if role == "send":
        sockets = [socket_in(each["source"], _sending) for each in streams]
        print("ready", flush=True)
        _send(ledger, order["run"], [(held, (each["address"], packet.PORT)) for held, each in zip(sockets, streams)],
              order["perSecond"])
    else:
        sockets = [socket_in(each["destination"], lambda: _receiving(each["address"])) for each in streams]
        print("ready", flush=True)
        _receive(ledger, order["run"], sockets)


def _sending():
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, _SO_SNDBUFFORCE, BUFFER_BYTES)
    return made


def _receiving(address):
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, BUFFER_BYTES)
    # When the packet came, not when this process got round to it.
    made.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
    made.bind((address, packet.PORT))
    made.setblocking(False)
    return made


def _send(ledger, run, ways, per_second):
    """One packet of each stream per tick. Ticks that were missed are made up for, so that the rate holds, a few at a time,
    so that nothing on the way overflows."""
    payload, sent, now = packet.template(run), ledger.sent, time.time_ns
    starts = [ledger.at(stream, 0) for stream in range(len(ways))]
    tick = 1_000_000_000 // per_second
    start = time.monotonic_ns()
    for sequence in range(ledger.capacity):
        ahead = start + sequence * tick - time.monotonic_ns()
        if ahead > 0 or sequence % MADE_UP_AT_ONCE == 0:
            time.sleep(max(ahead, tick / 2) / 1e9)
        for stream, (held, target) in enumerate(ways):
            packet.fill(payload, run, stream, sequence)
            # before it is sent: it may arrive before the call returns
            sent[starts[stream] + sequence] = now()
            held.sendto(payload, target)


def _receive(ledger, run, sockets):
    poll = select.epoll()
    by_descriptor = {}
    for stream, held in enumerate(sockets):
        poll.register(held, select.EPOLLIN)
        by_descriptor[held.fileno()] = stream, held
    highest = [-1] * len(sockets)
    while True:
        for descriptor, _ in poll.poll():
            stream, held = by_descriptor[descriptor]
            try:
                while True:
                    data, ancillary, _, _ = held.recvmsg(packet.PAYLOAD_BYTES, 64)
                    _arrived(ledger, run, stream, highest, packet.read(data), _stamp(ancillary))
            except BlockingIOError:
                pass


def _arrived(ledger, run, stream, highest, content, stamp):
    if content is None or content[0] != run or content[1] != stream or content[2] >= ledger.capacity:
        return
    sequence = content[2]
    at = ledger.at(stream, sequence)
    if ledger.received[at] == 0:
        ledger.received[at] = stamp
    ledger.copies[at] = min(ledger.copies[at] + 1, MOST_COPIES)
    if sequence < highest[stream]:
        ledger.late[at] = 1
    else:
        highest[stream] = sequence


def _stamp(ancillary):
    """Time of arrival from a struct timespec, which every packet carries."""
    content = ancillary[0][2]
    return int.from_bytes(content[:8], sys.byteorder) * 1_000_000_000 + int.from_bytes(content[8:16], sys.byteorder)


if __name__ == "__main__":
    main(sys.argv[1], json.load(sys.stdin))
