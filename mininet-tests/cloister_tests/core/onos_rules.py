"""Flow rules and meters through ONOS's own REST, as any application could ask for them."""
from cloister_lab import waiting

APPLICATION = "org.cloister.tests"
# Stock's poll of flow statistics is 5 s and repairs what it finds; two of them and a margin.
REPAIR_SECONDS = 15


class OnosRules:
    """The rules of this package's own application on one device."""

    def __init__(self, lab, switch):
        self.rest = lab.onos.rest()
        self.device = switch.device
        self._placed = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for path in self._placed:
            self.rest.delete(path)

    def place(self, instructions, criteria, priority=50_000, table=0):
        """Asks ONOS for a rule and returns its id. The rule goes when the block ends."""
        answer = self.rest.post(f"/flows/{self.device}?appId={APPLICATION}", {
            "priority": priority, "tableId": table, "timeout": 0, "isPermanent": True, "deviceId": self.device,
            "treatment": {"instructions": instructions}, "selector": {"criteria": criteria}}).expect(201)
        flow = answer.headers["Location"].rpartition("/")[2]
        self._placed.append(f"/flows/{self.device}/{flow}")
        return flow

    def place_meter(self, kilobits_per_second, burst_kilobits):
        """Asks ONOS for a meter that drops above a rate, and returns its id once ONOS has seen it on the switch."""
        before = set(self._meters())
        self.rest.post(f"/meters/{self.device}", {
            "deviceId": self.device, "unit": "KB_PER_SEC", "burst": True,
            "bands": [{"type": "DROP", "rate": kilobits_per_second, "burstSize": burst_kilobits, "prec": 0}]}).expect(201)
        waiting.until(lambda: "" if self._new_meters(before) else f"no meter ADDED on {self.device}", 2 * REPAIR_SECONDS)
        meter = self._new_meters(before)[0]
        # First, so that it goes after the rules which use it.
        self._placed.append(f"/meters/{self.device}/{meter}")
        return meter

    def state(self, flow):
        """ONOS's entry of a rule, or None when it has none."""
        answer = self.rest.get(f"/flows/{self.device}/{flow}")
        return answer.expect(200).json()["flows"][0] if answer.status != 404 else None

    def wait_added(self, flow, packets=0):
        """Waits until ONOS has read the rule back from the switch, with at least so many packets counted."""
        waiting.until(lambda: self._not_added(flow, packets), REPAIR_SECONDS)
        return self.state(flow)

    def _not_added(self, flow, packets):
        entry = self.state(flow)
        if entry is None:
            return f"ONOS has no rule {flow} on {self.device}"
        if entry["state"] != "ADDED" or entry["packets"] < packets:
            return f"rule {flow} on {self.device} is {entry['state']} with {entry['packets']} of {packets} packets"
        return ""

    def _meters(self):
        return {meter["id"]: meter["state"] for meter in self.rest.get(f"/meters/{self.device}").expect(200).json()["meters"]}

    def _new_meters(self, before):
        return [meter for meter, state in self._meters().items() if meter not in before and state == "ADDED"]


def output(port):
    return {"type": "OUTPUT", "port": str(port)}


def from_port(port):
    return {"type": "IN_PORT", "port": port}


def ipv4():
    return {"type": "ETH_TYPE", "ethType": "0x0800"}


def to_address(ip):
    return {"type": "IPV4_DST", "ip": f"{ip}/32"}
