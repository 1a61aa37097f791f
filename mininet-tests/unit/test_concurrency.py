import unittest

from cloister_tests.concurrency.ledger import overbooked

LINKS = [{"from": "leaf-1/5", "to": "spine-1/1", "capacityBitsPerSecond": 10, "reservedBitsPerSecond": 10}]


def held(tag, bits, *hosts):
    return {"allocation": {"tag": tag, "members": [{"host": host} for host in hosts],
                           "links": [{"from": "leaf-1/5", "to": "spine-1/1", "reservedBitsPerSecond": bits}]}}


class Overbooked(unittest.TestCase):
    def test_a_full_link_is_not(self):
        self.assertEqual(overbooked(LINKS, [held(100, 4, "a"), held(101, 6, "b"), {"allocation": None}]), [])

    def test_what_slices_say_counts_whatever_the_fabric_says(self):
        self.assertEqual(overbooked(LINKS, [held(100, 5, "a"), held(101, 6, "b")]),
                         ["slices hold 11 of 10 bit/s of leaf-1/5"])

    def test_what_the_fabric_says_counts_whatever_slices_say(self):
        self.assertEqual(overbooked([{**LINKS[0], "reservedBitsPerSecond": 11}], []),
                         ["leaf-1/5 has 11 of 10 bit/s reserved"])

    def test_a_tag_or_a_host_of_two_slices_is(self):
        self.assertEqual(overbooked(LINKS, [held(100, 1, "a"), held(100, 1, "a")]),
                         ["tag 100 belongs to 2 slices", "host a belongs to 2 slices"])


if __name__ == "__main__":
    unittest.main()
