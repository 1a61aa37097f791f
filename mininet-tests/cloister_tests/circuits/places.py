"""Who is where in the topology `optical`: by leaf and by which of its hosts.

Every leaf has a cable to spine-1 and a fibre to each optical switch, spine-2 has three fibres to each. The occupant
takes all cables, so whatever else crosses the fabric needs light.
"""
OCCUPANT, BYSTANDER = "occupant", "bystander"
PAIR, OTHER_PAIR, MOVER = "pair", "other-pair", "mover"
_HOSTS = {
    OCCUPANT: [("leaf-1", 0), ("leaf-2", 0), ("leaf-3", 0), ("leaf-4", 0)],
    # one member's light is in each optical switch, see BY_HAND
    BYSTANDER: [("leaf-1", 1), ("leaf-2", 1)],
    PAIR: [("leaf-3", 1), ("leaf-4", 1)],
    OTHER_PAIR: [("leaf-3", 2), ("leaf-4", 2)],
    MOVER: [("leaf-2", 2), ("leaf-3", 1), ("leaf-4", 1)],
}
# What an administrator joins for the bystander: leaf-1 and spine-2 in one switch, leaf-2 and spine-2 in the other.
BY_HAND = (("ocs-1", 1, 5), ("ocs-2", 2, 5))


def members(fabric, name):
    """The hosts of a slice in rank order."""
    return [fabric.hosts_of(leaf)[place] for leaf, place in _HOSTS[name]]


def outsiders(fabric, name):
    """All other hosts."""
    inside = {host.name for host in members(fabric, name)}
    return [host for host in fabric.hosts.values() if host.name not in inside]
