"""Whether ONOS sees the whole of a fabric: every switch, every link in both directions, every host in its place."""
from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """Devices by id, links as "device/port->device/port", hosts as "mac@device/port"."""
    devices: frozenset
    links: frozenset
    hosts: frozenset

    def missing_from(self, seen):
        """What of this view is not in another, in words, with counts: empty when nothing is missing."""
        parts = []
        for kind in ("devices", "links", "hosts"):
            wanted, present = getattr(self, kind), getattr(seen, kind)
            absent = sorted(wanted - present)
            if absent:
                examples = ", ".join(absent[:3]) + (" …" if len(absent) > 3 else "")
                parts.append(f"{kind} {len(wanted) - len(absent)}/{len(wanted)} (missing {examples})")
        return "; ".join(parts)

    def counts(self):
        return f"{len(self.devices)} devices, {len(self.links)} links, {len(self.hosts)} hosts"


def expected(plan):
    """What ONOS has to show of a plan."""
    device = {switch.name: switch.device for switch in plan.switches}
    links = set()
    for link in plan.links:
        ends = f"{device[link.leaf]}/{link.leaf_port}", f"{device[link.spine]}/{link.spine_port}"
        links |= {"->".join(ends), "->".join(reversed(ends))}
    return View(frozenset(device.values()), frozenset(links),
                frozenset(f"{host.mac}@{device[host.leaf]}/{host.port}" for host in plan.hosts))


def seen(get):
    """What ONOS shows now. get: path under /onos/v1 to the answer's JSON."""
    return View(
        frozenset(device["id"] for device in get("/devices")["devices"] if device["available"]),
        frozenset(f"{_point(link['src'])}->{_point(link['dst'])}" for link in get("/links")["links"]
                  if link["state"] == "ACTIVE"),
        frozenset(f"{host['mac'].lower()}@{place['elementId']}/{place['port']}" for host in get("/hosts")["hosts"]
                  for place in host["locations"]))


def _point(end):
    return f"{end['device']}/{end['port']}"
