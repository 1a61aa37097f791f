"""A fabric without slices: every leaf spreads its flows over the spines by a hash of source and destination address.

Static rules of the switches' own tool, no controller. The hash covers the address pair alone, so that a flow keeps its
way from one measurement to the next; a seed decides which ways those are.
"""
_GROUP = 1
# Select groups with a named hash exist from OpenFlow 1.5 on.
_VERSION = "OpenFlow15"


def install(fabric, seed):
    """Replaces whatever the switches hold by the hashed fabric of a seed."""
    for switch in fabric.switches.values():
        switch.delete_flows()
        switch.ofctl("del-groups", version=_VERSION)
    for leaf in fabric.leaves:
        leaf.ofctl("add-group", _group(fabric, leaf, seed), version=_VERSION)
        leaf.add_flows(_leaf_rules(fabric, leaf), version=_VERSION)
    for spine in fabric.spines:
        spine.add_flows(_spine_rules(fabric, spine))


def _group(fabric, leaf, seed):
    uplinks = [link.leaf_port for link in fabric.links if link.leaf == leaf.name]
    buckets = ",".join(f"bucket=bucket_id:{port},actions=output:{port}" for port in uplinks)
    # Every leaf hashes in its own way, as switches seeded with their own address do.
    parameter = seed << 16 | int(leaf.dpid, 16)
    return (f"group_id={_GROUP},type=select,selection_method=hash,selection_method_param={parameter},"
            f"fields(ip_src,ip_dst),{buckets}")


def _leaf_rules(fabric, leaf):
    """Down to the leaf's own hosts, and up by hash for what comes from a host: what came down never goes up again."""
    own = fabric.hosts_of(leaf.name)
    return [f"priority=200,ip,nw_dst={host.ip},actions=output:{host.port}" for host in own] + \
        [f"priority=100,ip,in_port={host.port},actions=group:{_GROUP}" for host in own]


def _spine_rules(fabric, spine):
    prefixes = {host.leaf: host.ip.rpartition(".")[0] for host in fabric.hosts.values()}
    return [f"priority=100,ip,nw_dst={prefixes[link.leaf]}.0/24,actions=output:{link.spine_port}"
            for link in fabric.links if link.spine == spine.name]
