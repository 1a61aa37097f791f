"""TCP ports that a server needs for itself."""
import socket

from cloister_lab.command import run


def is_free(port):
    """Whether a server could listen on the port, on any address."""
    with socket.socket(socket.AF_INET6) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("::", port))
        except OSError:
            return False
    return True


def holder(port):
    """Who listens on the port, as ss tells it, or an empty string."""
    listed = run("ss", "-Hltnp", f"sport = :{port}", check=False)
    return listed.partition("users:")[2].strip()
