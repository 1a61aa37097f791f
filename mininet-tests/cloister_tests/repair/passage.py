"""What became of the packets that were sent between two points in time."""
from bisect import bisect_left
from dataclasses import dataclass

# A sender that sent nothing for so long did not get the processor, or the machine stood still.
SILENT_NANOS = 50_000_000


@dataclass(frozen=True)
class Passage:
    """packets sent, those that never arrived, those that came twice, those that came after a later one.

    gap_millis: the longest time in which nothing of a stream arrived, without the time in which nothing was sent.
    lost_from, lost_to: when the first and the last lost packet were sent, in ns of the wall clock; 0 where none was lost.
    """
    sent: int
    lost: int
    duplicated: int
    reordered: int
    gap_millis: float
    lost_from: int = 0
    lost_to: int = 0

    def __add__(self, other):
        """Both streams together."""
        return Passage(self.sent + other.sent, self.lost + other.lost, self.duplicated + other.duplicated,
                       self.reordered + other.reordered, max(self.gap_millis, other.gap_millis),
                       min(filter(None, (self.lost_from, other.lost_from)), default=0),
                       max(self.lost_to, other.lost_to))


NOTHING = Passage(0, 0, 0, 0, 0.0)


def of(record, start, end):
    """The passage of one stream's packets sent from start (included) to end (excluded), in ns of the wall clock.

    record: (sent, received, copies, late) by sequence number, see Ledger.record. Ask only some time after end: a packet
    that is still on its way counts as lost.
    """
    sent, received, copies, late = record
    used = _used(sent)
    first, beyond = bisect_left(sent, start, 0, used), bisect_left(sent, end, 0, used)
    arrivals, lost = [], []
    for sequence in range(first, beyond):
        if received[sequence]:
            arrivals.append(received[sequence])
        else:
            lost.append(sent[sequence])
    return Passage(beyond - first, len(lost), sum(1 for each in copies[first:beyond] if each > 1),
                   sum(late[first:beyond]), _longest_gap(arrivals, sent[first:beyond], start, end),
                   lost[0] if lost else 0, lost[-1] if lost else 0)


def has_come_since(record, moment):
    """Whether a packet of one stream has arrived that was sent since a moment, in ns of the wall clock."""
    sent, received, _, _ = record
    used = _used(sent)
    return any(received[bisect_left(sent, moment, 0, used):used])


def _used(sent):
    """How many numbers were sent: they are used in order, and what is not used is 0."""
    low, high = 0, len(sent)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if sent[middle] else (low, middle)
    return low


def _longest_gap(arrivals, sent, start, end):
    """In ms. What never came again counts until the end, what had not come before counts from the start."""
    times = [start, *sorted(arrivals)]
    if times[-1] < end:
        times.append(end)
    silences = [each for each in _neighbours([start, *sent, end]) if each[1] - each[0] >= SILENT_NANOS]
    return max((after - before - (_silent(silences, before, after) if after - before >= SILENT_NANOS else 0)
                for before, after in _neighbours(times)), default=0) / 1e6


def _silent(silences, start, end):
    """How much of a time falls into silences of the sender."""
    return sum(max(0, min(end, until) - max(start, since)) for since, until in silences)


def _neighbours(times):
    return zip(times, times[1:])
