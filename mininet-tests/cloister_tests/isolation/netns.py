"""Sockets inside another process's network namespace."""
import ctypes
import os
import socket
from typing import Callable, Optional

_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


def _enter(descriptor: int) -> None:
    if _libc.setns(descriptor, _CLONE_NEWNET) != 0:
        number = ctypes.get_errno()
        raise OSError(number, "setns: " + os.strerror(number))


def socket_in(pid: Optional[int], factory: Callable[[], socket.socket]) -> socket.socket:
    """Calls ``factory`` in the network namespace of process ``pid`` (None: in this one) and returns its socket.

    A socket stays in the namespace it was made in, so the calling thread goes back at once; no other thread is moved.
    """
    if pid is None:
        return factory()
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        there = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        try:
            _enter(there)
        finally:
            os.close(there)
        try:
            return factory()
        finally:
            _enter(home)
    finally:
        os.close(home)
