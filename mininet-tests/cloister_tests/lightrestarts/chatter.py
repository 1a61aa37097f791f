"""Frames that nobody asked for, on a fibre: as the last packets of a job that has ended, they keep a circuit busy.

    python3 chatter.py INTERFACE...     in the namespace of the optical switch, until it is killed
"""
import socket
import sys
import time

# An ethertype for experiments, to nobody: what the fabric denies, it still counts.
FRAME = bytes.fromhex("0200000000fe0200000000ff88b5") + bytes(50)
PER_SECOND = 200


def main(interfaces):
    sockets = []
    for name in interfaces:
        sockets.append(socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
        sockets[-1].bind((name, 0))
    while True:
        for each in sockets:
            try:
                each.send(FRAME)
            except OSError:  # dark for now
                pass
        time.sleep(1 / PER_SECOND)


if __name__ == "__main__":
    main(sys.argv[1:])
