"""The network configuration of a fabric: Cloister's own part, and the hosts of ONOS's host provider."""

APPLICATION = "org.cloister"
# What a link counts as when the fabric does not limit it: a veth calls itself 10 Gbit/s.
UNLIMITED_BITS_PER_SECOND = 10_000_000_000
FIRST_TAG, LAST_TAG = 100, 3999


def application(plan, enforce=True):
    """The value of /apps/org.cloister/fabric."""
    spec = plan.spec
    return {
        "enforce": enforce,
        "tags": {"first": FIRST_TAG, "last": LAST_TAG},
        "linkBitsPerSecond": spec.link_mbit * 1_000_000 if spec.link_mbit else UNLIMITED_BITS_PER_SECOND,
        "switches": [_switch(switch) for switch in plan.switches],
        "hosts": [{"name": host.name, "node": host.node, "nic": host.nic, "port": f"{host.leaf}/{host.port}",
                   "mac": host.mac, "ipv4": [host.ip]} for host in plan.hosts],
    }


def onos_hosts(plan):
    """The value of /hosts: what ONOS shows of hosts that are configured, not learned."""
    device = {leaf.name: leaf.device for leaf in plan.leaves}
    return {f"{host.mac.upper()}/None": {"basic": {
        "name": host.name, "ips": [host.ip], "locations": [f"{device[host.leaf]}/{host.port}"]}}
        for host in plan.hosts}


def configuration(plan, with_cloister=True, enforce=True):
    """The body of POST /onos/v1/network/configuration. Without Cloister only the hosts."""
    body = {"hosts": onos_hosts(plan)}
    if with_cloister:
        body["apps"] = {APPLICATION: {"fabric": application(plan, enforce)}}
    return body


def _switch(switch):
    entry = {"name": switch.name, "device": switch.device, "role": switch.role, "fabricPorts": _span(switch.fabric_ports)}
    if switch.host_ports:
        entry["hostPorts"] = _span(switch.host_ports)
    return entry


def _span(ports):
    return f"{ports[0]}-{ports[-1]}" if len(ports) > 1 else str(ports[0])
