import unittest

from cloister_tests.repair import passage

MILLI = 1_000_000
START = 5_000 * MILLI


def record(count, arrivals, copies=None, late=(), room=5):
    """A stream of a packet per millisecond; arrivals: {sequence: ms after it was sent}, copies: {sequence: number}."""
    size = count + room
    sent = [START + sequence * MILLI for sequence in range(count)] + [0] * room
    received = [sent[sequence] + arrivals[sequence] * MILLI if sequence in arrivals else 0 for sequence in range(size)]
    found = {**{sequence: 1 for sequence in arrivals}, **(copies or {})}
    return (sent, received, bytes(found.get(sequence, 0) for sequence in range(size)),
            bytes(int(sequence in late) for sequence in range(size)))


def whole(made, count):
    return passage.of(made, START, START + count * MILLI)


class OneStream(unittest.TestCase):
    def test_what_arrives_is_not_lost(self):
        seen = whole(record(100, dict.fromkeys(range(100), 0)), 100)
        self.assertEqual((100, 0, 0, 0), (seen.sent, seen.lost, seen.duplicated, seen.reordered))
        self.assertEqual(1, seen.gap_millis)

    def test_every_packet_that_never_came_is_lost_and_the_gap_is_the_time_without(self):
        arrivals = {sequence: 0 for sequence in range(100) if not 40 <= sequence < 60 and sequence != 80}
        seen = whole(record(100, arrivals), 100)
        self.assertEqual(21, seen.lost)
        self.assertEqual(21, seen.gap_millis)
        self.assertEqual((START + 40 * MILLI, START + 80 * MILLI), (seen.lost_from, seen.lost_to))

    def test_traffic_that_never_comes_back_is_a_gap_to_the_end(self):
        self.assertEqual(71, whole(record(100, dict.fromkeys(range(30), 0)), 100).gap_millis)

    def test_nothing_at_all_is_a_gap_as_long_as_the_window(self):
        seen = whole(record(100, {}), 100)
        self.assertEqual((100, 100), (seen.lost, seen.gap_millis))

    def test_delayed_is_not_lost_but_a_gap(self):
        arrivals = {sequence: max(0, 70 - sequence) if 40 <= sequence else 0 for sequence in range(100)}
        seen = whole(record(100, arrivals), 100)
        self.assertEqual(0, seen.lost)
        self.assertEqual(31, seen.gap_millis)

    def test_time_in_which_nothing_was_sent_is_no_gap(self):
        sent = [START + (sequence if sequence < 40 else sequence + 2_000) * MILLI for sequence in range(100)]
        received = [0 if 60 <= sequence < 80 else at for sequence, at in enumerate(sent)]
        none = bytes(100)
        seen = passage.of((sent, received, none, none), START, START + 2_100 * MILLI)
        self.assertEqual((20, 21), (seen.lost, seen.gap_millis))

    def test_a_gap_around_a_time_in_which_nothing_was_sent_is_what_is_left_of_it(self):
        sent = [START + (sequence if sequence < 40 else sequence + 2_000) * MILLI for sequence in range(100)]
        received = [0 if 30 <= sequence < 50 else at for sequence, at in enumerate(sent)]
        none = bytes(100)
        seen = passage.of((sent, received, none, none), START, START + 2_100 * MILLI)
        self.assertEqual((20, 20), (seen.lost, seen.gap_millis))

    def test_copies_and_order_are_counted(self):
        seen = whole(record(10, dict.fromkeys(range(10), 0), copies={3: 2, 4: 7}, late=(5,)), 10)
        self.assertEqual((2, 1), (seen.duplicated, seen.reordered))

    def test_a_window_counts_what_was_sent_in_it(self):
        arrivals = {sequence: 0 for sequence in range(100) if sequence not in (9, 10, 29, 30)}
        seen = passage.of(record(100, arrivals), START + 10 * MILLI, START + 30 * MILLI)
        self.assertEqual((20, 2), (seen.sent, seen.lost))

    def test_numbers_that_were_not_used_are_not_packets(self):
        seen = passage.of(record(100, dict.fromkeys(range(100), 0), room=900), START, START + 10_000 * MILLI)
        self.assertEqual(100, seen.sent)


class SinceAMoment(unittest.TestCase):
    def test_only_what_was_sent_since_then_tells_that_the_stream_goes_on(self):
        made = record(100, dict.fromkeys(range(60), 0))
        self.assertTrue(passage.has_come_since(made, 0))
        self.assertTrue(passage.has_come_since(made, START + 59 * MILLI))
        self.assertFalse(passage.has_come_since(made, START + 60 * MILLI))

    def test_nothing_has_come_of_a_stream_that_has_not_begun_or_whose_sender_stands_still(self):
        self.assertFalse(passage.has_come_since(record(0, {}), 0))
        self.assertFalse(passage.has_come_since(record(100, dict.fromkeys(range(100), 0)), START + 100 * MILLI))


class Together(unittest.TestCase):
    def test_streams_add_up_and_the_longest_gap_counts(self):
        one = passage.Passage(10, 2, 1, 0, 5.0, lost_from=7, lost_to=8)
        other = passage.Passage(20, 1, 0, 3, 9.0, lost_from=3, lost_to=3)
        self.assertEqual(passage.Passage(30, 3, 1, 3, 9.0, 3, 8), one + other)
        self.assertEqual(one, passage.NOTHING + one)


if __name__ == "__main__":
    unittest.main()
