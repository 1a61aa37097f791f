"""How the lab recognises what is its own, and so may be removed, after the process that made it is gone."""

# Environment of every process in the fabric: its keeper, the shells of hosts and optical switches, what runs in them.
HOST_VARIABLE = "CLOISTER_LAB_HOST"
# Group of the fabric's interfaces in the root namespace (`ip link show group 48113`).
LINK_GROUP = 48113
# External id of the lab's bridges in Open vSwitch's database, which outlives its processes.
BRIDGE_KEY, BRIDGE_VALUE = "cloister-lab", "fabric"
