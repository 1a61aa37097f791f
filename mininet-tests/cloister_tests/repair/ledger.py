"""What was sent and what arrived, packet by packet, in memory that sender, receiver and reader share.

A file that all three map: for each stream and sequence number when it was sent and when it arrived (ns of the wall clock,
0 for never), how many copies arrived, and whether it came after a later one. Sender and receiver write to parts of their
own and nobody waits for anybody. The file is sparse: numbers that are not used take no room.
"""
import mmap
import os

_TIME = 8
_FLAG = 1
MOST_COPIES = 255


class Ledger:
    """One stream's numbers are neighbours: at(stream, sequence) indexes all four parts.

    streams: how many;  capacity: sequence numbers of each.
    """

    def __init__(self, path, streams, capacity):
        self.path, self.streams, self.capacity = path, streams, capacity
        count = streams * capacity
        size = count * 2 * (_TIME + _FLAG)
        with open(path, "a+b") as file:
            if os.fstat(file.fileno()).st_size != size:
                os.ftruncate(file.fileno(), size)
            self._memory = memoryview(mmap.mmap(file.fileno(), size))
        times, flags = count * _TIME, count * _FLAG
        self.sent = self._memory[:times].cast("Q")
        self.received = self._memory[times:2 * times].cast("Q")
        self.copies = self._memory[2 * times:2 * times + flags]
        self.late = self._memory[2 * times + flags:]

    def at(self, stream, sequence):
        return stream * self.capacity + sequence

    def record(self, stream):
        """A view of one stream: (sent, received, copies, late), each by sequence number."""
        chosen = slice(self.at(stream, 0), self.at(stream, self.capacity))
        return self.sent[chosen], self.received[chosen], self.copies[chosen], self.late[chosen]
