"""The network configuration of a fabric: Cloister's own part, optical switches, and the hosts of ONOS's provider."""
from cloister_lab.optical import GNMI_PORT, USER, Files

APPLICATION = "org.cloister"
# What a link counts as when the fabric does not limit it: a veth calls itself 10 Gbit/s.
UNLIMITED_BITS_PER_SECOND = 10_000_000_000
FIRST_TAG, LAST_TAG = 100, 3999


def application(plan, enforce=True):
    """The value of /apps/org.cloister/fabric."""
    spec = plan.spec
    value = {
        "enforce": enforce,
        "tags": {"first": FIRST_TAG, "last": LAST_TAG},
        "linkBitsPerSecond": spec.link_mbit * 1_000_000 if spec.link_mbit else UNLIMITED_BITS_PER_SECOND,
        "switches": [_switch(switch) for switch in plan.switches],
        "hosts": [{"name": host.name, "node": host.node, "nic": host.nic, "port": f"{host.leaf}/{host.port}",
                   "mac": host.mac, "ipv4": [host.ip]} for host in plan.hosts],
    }
    if plan.fibres:
        value["fibres"] = {switch.name: {str(fibre.port): fibre.end for fibre in plan.fibres
                                         if fibre.optical_switch == switch.name} for switch in plan.optical_switches}
    return value


def optical_devices(plan):
    """The value of /devices: how driver-ocs reaches the optical switches."""
    return {switch.device: {"ocs": {
        "dialect": "ocp-gnmi", "address": switch.address, "port": GNMI_PORT, "username": USER,
        "passwordFile": str(Files(switch.name).password), "tls": {"trust": str(Files(switch.name).certificate)}}}
        for switch in plan.optical_switches}


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
        if plan.optical_switches:
            body["devices"] = optical_devices(plan)
    return body


def _switch(switch):
    entry = {"name": switch.name, "device": switch.device, "role": switch.role, "fabricPorts": _span(switch.fabric_ports)}
    if switch.host_ports:
        entry["hostPorts"] = _span(switch.host_ports)
    return entry


def _span(ports):
    """Port numbers as Cloister reads them: "1-4,7"."""
    spans = []
    for port in ports:
        if spans and port == spans[-1][1] + 1:
            spans[-1][1] = port
        else:
            spans.append([port, port])
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in spans)
