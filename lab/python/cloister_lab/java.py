"""Debian's JDK 17, whatever "java" is on the path."""
from pathlib import Path


class NoJava(RuntimeError):
    """JDK 17 is not installed."""


def java_home():
    """Where it is. Raises NoJava where it is not installed."""
    found = sorted(Path("/usr/lib/jvm").glob("java-17-openjdk-*"))
    if not found:
        raise NoJava("no JDK 17 under /usr/lib/jvm: run bin/setup")
    return str(found[0])


def java():
    """The program."""
    return f"{java_home()}/bin/java"
