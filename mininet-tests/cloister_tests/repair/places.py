"""Where a slice's packets go: the fabric links that its allocation names."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Uplink:
    """One end at a leaf, the other at a spine, by the switches' names and port numbers."""
    leaf: str
    leaf_port: int
    spine: str
    spine_port: int


def uplinks(lab, name):
    """The links on which a slice's packets go up, by leaf; read from what Cloister says."""
    found = {}
    for link in lab.cloister.slice(name)["allocation"]["links"]:
        (near, near_port), (far, far_port) = _end(link["from"]), _end(link["to"])
        if lab.fabric.switch(near).role == "leaf":
            found[near] = Uplink(near, near_port, far, far_port)
    return found


def spines(lab, name):
    """The spines that a slice uses in either direction."""
    ends = {_end(link[end])[0] for link in lab.cloister.slice(name)["allocation"]["links"] for end in ("from", "to")}
    return {end for end in ends if lab.fabric.switch(end).role == "spine"}


def _end(text):
    switch, port = text.split("/")
    return switch, int(port)
