import unittest

from cloister_lab.topology import FabricPlan, FabricSpec
from cloister_tests.bandwidth import figures
from cloister_tests.bandwidth.limits import received
from cloister_tests.bandwidth.neighbours import SHARES, alternating
from cloister_tests.traffic import WINDOWS, Load, ring


class Fabric:
    def __init__(self, spec):
        self.plan = FabricPlan(spec)
        self.leaves = self.plan.leaves

    def hosts_of(self, leaf):
        return [host for host in self.plan.hosts if host.leaf == leaf]


class Rates(unittest.TestCase):
    def test_udp_may_miss_its_rate_by_a_twentieth_either_way(self):
        self.assertTrue(figures.is_delivered(9_500_000, 10_000_000))
        self.assertTrue(figures.is_delivered(10_500_000, 10_000_000))
        self.assertFalse(figures.is_delivered(9_400_000, 10_000_000))
        self.assertFalse(figures.is_delivered(10_600_000, 10_000_000))

    def test_tcp_must_reach_four_fifths_and_not_more_than_is_allowed(self):
        self.assertTrue(figures.is_reached(8_000_000, 10_000_000))
        self.assertFalse(figures.is_reached(7_900_000, 10_000_000))
        self.assertFalse(figures.is_reached(10_600_000, 10_000_000))

    def test_each_protocol_is_held_to_its_own(self):
        cases = [figures.case(10, 30, 8, "udp"), figures.case(10, None, 8, "tcp")]
        self.assertEqual(figures.missed(cases), ["udp at 10 bit/s delivered 8"])

    def test_the_slowest_stream_counts(self):
        self.assertEqual(figures.neighbour(10, [10, 7.6, 9], "x")["deliveredBitsPerSecond"], 8)


class Steady(unittest.TestCase):
    def test_a_few_spoiled_windows_do_not_count_and_half_of_them_do(self):
        for spoiled, expected in ((0, 100), (WINDOWS // 2, 100), (WINDOWS // 2 + 1, 50)):
            with self.subTest(spoiled):
                self.assertAlmostEqual(self._steady([50] * spoiled + [100] * (WINDOWS - spoiled)), expected)

    def _steady(self, rates):
        load, marks = Load([("one", "other")], 0), [(0.0, [0])]
        for rate in rates:
            time_, (bytes_,) = marks[-1]
            marks.append((time_ + 2, [bytes_ + rate / 4]))
        load.mark = lambda settle=0: marks.pop(0)
        rate, = load.steady(0)
        return rate

    def test_tcp_counts_what_the_receiver_says_of_whole_seconds(self):
        def second(rate, omitted=False, seconds=1.0):
            return {"sum": {"bits_per_second": rate, "omitted": omitted, "seconds": seconds}}

        self.assertEqual(received({"intervals": [second(9, omitted=True), second(5), second(1), second(5),
                                                 second(90, seconds=0.01)]}), 5)


class Filled(unittest.TestCase):
    def test_two_slices_fill_each_direction_of_the_link(self):
        fabric = Fabric(FabricSpec(leaves=2, spines=1, hosts=5))
        slices = [alternating(fabric, indexes) for indexes in ((0, 1), (2, 3))]
        edges = [edge for hosts in slices for edge in ring(hosts)]
        self.assertTrue(all(source.leaf != destination.leaf for source, destination in edges))
        self.assertEqual(sum(source.leaf == "leaf-1" for source, _ in edges), SHARES)
        self.assertEqual(len({host.name for hosts in slices for host in hosts}), 8)


if __name__ == "__main__":
    unittest.main()
