"""What slices hold, added up again from their own documents, over and over while they come and go."""
import threading
from collections import Counter

from cloister_lab.rest import RestUnreachable
from cloister_tests.cloister import Cloister

INTERVAL_SECONDS = 0.1
STOP_SECONDS = 30


class Watch:
    """From entering the block to leaving it, looks at the fabric and at all slices.

    overbooked: what was given out twice, in words;  looks: how often it looked;  most_slices: the most at once.
    """

    def __init__(self):
        self.overbooked = []
        self.looks = 0
        self.most_slices = 0
        self._cloister = Cloister()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join(STOP_SECONDS)

    def _run(self):
        while not self._stop.wait(INTERVAL_SECONDS):
            try:
                links = self._cloister.rest.get("/fabric").expect(200).json()["links"]
                slices = self._cloister.rest.get("/slices?limit=1000").expect(200).json()["items"]
            except RestUnreachable:
                continue
            self.looks += 1
            self.most_slices = max(self.most_slices, len(slices))
            self.overbooked += overbooked(links, slices)


def overbooked(links, slices):
    """What is given out twice, in words: links beyond their capacity by either account, tags, hosts."""
    capacity = {link["from"]: link["capacityBitsPerSecond"] for link in links}
    found = [f"{link['from']} has {link['reservedBitsPerSecond']} of {link['capacityBitsPerSecond']} bit/s reserved"
             for link in links if link["reservedBitsPerSecond"] > link["capacityBitsPerSecond"]]
    held, tags, hosts = Counter(), Counter(), Counter()
    for each in slices:
        allocation = each.get("allocation") or {"links": [], "members": [], "tag": None}
        tags.update([allocation["tag"]] if allocation["tag"] else [])
        hosts.update(member["host"] for member in allocation["members"])
        for link in allocation["links"]:
            held[link["from"]] += link["reservedBitsPerSecond"]
    found += [f"slices hold {sum_} of {capacity.get(port, 0)} bit/s of {port}" for port, sum_ in sorted(held.items())
              if sum_ > capacity.get(port, 0)]
    found += [f"{kind} {what} belongs to {count} slices" for kind, counts in (("tag", tags), ("host", hosts))
              for what, count in counts.items() if count > 1]
    return found
