"""Cloister as a scheduler speaks to it: /cloister/v1."""
import time
from urllib.parse import quote

from cloister_lab import waiting
from cloister_lab.rest import Rest

# A request that waits (wait=60) is answered after at most 60 s.
REQUEST_SECONDS = 75


class Cloister:
    """One scheduler's or administrator's view. Answers are rest.Answer, or what they hold where it says so."""

    def __init__(self, user="onos", password="rocks"):
        self.rest = Rest(user, password, prefix="/cloister/v1", seconds=REQUEST_SECONDS)

    def put(self, slice_id, hosts, wait=30, **specification):
        """PUT of an exclusive slice of hosts (names or handles) in rank order; specification overrides fields."""
        return self.rest.put(f"{_path(slice_id)}?wait={wait}", _body(hosts, specification))

    def plan(self, slice_id, hosts, **specification):
        """What a put() would get; nothing is stored."""
        return self.rest.put(f"{_path(slice_id)}?dryRun=true", _body(hosts, specification))

    def create(self, slice_id, hosts, wait=30, **specification):
        """A slice that is ACTIVE, as JSON. Raises RestFailed when it is refused, DeadlinePassed when it is not ACTIVE."""
        answer = self.put(slice_id, hosts, wait, **specification).expect(201, 202).json()
        if answer["state"] != "ACTIVE":
            raise waiting.DeadlinePassed(f"slice {slice_id} after {wait} s: {answer['state']} {answer['conditions']}")
        return answer

    def slice(self, slice_id):
        return self.rest.get(_path(slice_id)).expect(200).json()

    def slices(self):
        return self.rest.get("/slices").expect(200).json()["items"]

    def delete(self, slice_id, wait=30):
        """Removes a slice and returns when its removal was read back, or it was not there."""
        self.rest.delete(f"{_path(slice_id)}?wait={wait}").expect(202, 204, 404)
        waiting.until(lambda: self.rest.get(_path(slice_id)).status != 404 and f"slice {slice_id} is still there", wait)

    def delete_all(self):
        for found in self.slices():
            self.delete(found["id"])

    def optical_switches(self):
        """The optical switches by name, as JSON."""
        return {found["name"]: found for found in self.rest.get("/switches").expect(200).json()["items"]}

    def circuits(self):
        return self.rest.get("/circuits").expect(200).json()["items"]

    def connect(self, switch, port, peer, wait=30):
        """Has a circuit made by hand."""
        return self.rest.put(f"/circuits/{switch}/{port}/{peer}?wait={wait}")

    def disconnect(self, switch, port, peer, wait=30):
        """Has a circuit removed that was made by hand or is idle."""
        return self.rest.delete(f"/circuits/{switch}/{port}/{peer}?wait={wait}")

    def darken(self, wait=30):
        """Removes every circuit that no slice uses, those made by hand included."""
        for found in self.circuits():
            if not found["foreign"] and not any(owner.startswith("slice:") for owner in found["owners"]):
                self.disconnect(found["switch"], *found["ports"], wait=wait).expect(202, 204, 404)

    def wait_active(self, slice_id, seconds, interval=0.02):
        """Seconds until the slice is ACTIVE, asked every interval."""
        start = time.monotonic()
        waiting.until(lambda: self._not_active(slice_id), seconds, interval)
        return time.monotonic() - start

    def _not_active(self, slice_id):
        state = self.slice(slice_id)["state"]
        return "" if state == "ACTIVE" else f"slice {slice_id} is {state}"


def _body(hosts, specification):
    return {"members": [{"host": getattr(host, "name", host)} for host in hosts],
            "patterns": [{"type": "ring"}], "bandwidth": {"mode": "exclusive"}, **specification}


def _path(slice_id):
    return f"/slices/{quote(slice_id, safe='')}"
