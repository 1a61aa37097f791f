"""Who is where in the topology `optical` while light goes wrong: all faults are in ocs-1, around its port 3.

The subject asks for leaf-3 and leaf-4 joined directly, for which both optical switches have ports. Beside it one slice's
light is in ocs-1 and another's in ocs-2, at ports that no fault concerns.
"""
FAULTY = "ocs-1"
PORT, PEER = 3, 4
# What the faulty port's fibre leads to.
END = "leaf-3/5"
OCCUPANT, NEAR, FAR, SUBJECT = "occupant", "near", "far", "subject"
_HOSTS = {
    OCCUPANT: [("leaf-1", 0), ("leaf-2", 0), ("leaf-3", 0), ("leaf-4", 0)],
    NEAR: [("leaf-1", 1), ("leaf-2", 1)],
    FAR: [("leaf-1", 2), ("leaf-2", 2)],
    SUBJECT: [("leaf-3", 1), ("leaf-4", 1)],
}
# What they get, one after the other, where all is dark: leaf-1 and leaf-2 joined in each switch.
LIGHT = {NEAR: (FAULTY, 1, 2), FAR: ("ocs-2", 1, 2)}


def members(fabric, name):
    """The hosts of a slice in rank order."""
    return [fabric.hosts_of(leaf)[place] for leaf, place in _HOSTS[name]]
