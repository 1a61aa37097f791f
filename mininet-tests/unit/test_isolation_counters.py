import unittest
from types import SimpleNamespace

from cloister_tests.isolation.counters import Account

TABLES = """OFPST_TABLE reply (OF1.3) (xid=0x2):
  table 0:
    active=9, lookup={lookups}, matched=118

  table 1:
    active=4, lookup=60000, matched=9

  tables 2...253: ditto
"""
PORTS = """OFPST_PORT reply (OF1.3) (xid=0x2): 3 ports
  port LOCAL: rx pkts=7, bytes=0, drop=6, errs=0, frame=0, over=0, crc=0
           tx pkts=0, bytes=0, drop=0, errs=0, coll=0
           duration=31.5s
  port  1: rx pkts={first}, bytes=1200, drop=0, errs=0, frame=0, over=0, crc=0
           tx pkts=900, bytes=0, drop=0, errs=0, coll=0
           duration=31.4s
  port 12: rx pkts=50, bytes=1200, drop=0, errs=0, frame=0, over=0, crc=0
           tx pkts=30, bytes=0, drop=0, errs=0, coll=0
"""


class Accounting(unittest.TestCase):
    def setUp(self):
        self.lookups, self.first = 1000, 100
        leaf = SimpleNamespace(name="leaf-1", ofctl=lambda verb: {
            "dump-tables": TABLES.format(lookups=self.lookups), "dump-ports": PORTS.format(first=self.first)}[verb])
        self.account = Account(SimpleNamespace(leaves=[leaf]))

    def test_a_frame_that_came_in_and_was_not_looked_up_is_missing(self):
        self.first += 3
        self.assertEqual(self.account.unjudged(), {"leaf-1": 3})
        self.lookups += 2
        self.assertEqual(self.account.unjudged(), {"leaf-1": 1})
        self.lookups += 1
        self.assertEqual(self.account.unjudged(), {})

    def test_counts_a_port_from_the_beginning_of_the_account(self):
        self.first += 3
        self.assertEqual((self.account.received_at("leaf-1", 1), self.account.received_at("leaf-1", 12)), (3, 0))
