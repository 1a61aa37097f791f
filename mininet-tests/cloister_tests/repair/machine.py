"""Packets lost by the machine under the emulated network, for want of room in a queue, and by no rule of any switch."""
import re

from cloister_lab.command import run
from cloister_tests.repair.packet import PORT

# What Open vSwitch's datapath lets go while its own tables are locked or change hands: no rule says so.
_DATAPATH_DROPS = ("datapath_drop_lock_error", "datapath_drop_upcall_error")
_SOCKET_DROPS = re.compile(r"skmem:\(.*\bd(\d+)\)")


def dropped(receivers):
    """Packets lost so far: at the switches' ports and in their datapath, in the processors' own queues, in the sockets of
    hosts that receive."""
    return {"switchPorts": _at_switch_ports(run("ss", "-0pmnH")),
            "datapath": sum(int(run("ovs-appctl", "coverage/read-counter", name)) for name in _DATAPATH_DROPS),
            "processors": _at_processors(_read("/proc/net/softnet_stat")),
            "receivers": sum(_at_receiver(_read(f"/proc/{host.pid}/net/udp")) for host in receivers)}


def between(before, after):
    """What was lost from one dropped() to a later one."""
    return {where: after[where] - count for where, count in before.items()}


def beyond(lost, dropped):
    """How many of the lost packets the machine cannot have dropped itself: those are the network's."""
    return max(0, lost - sum(dropped.values()))


def expect_none_lost(passage, dropped, whose="packets", when=""):
    """Raises AssertionError where the network lost a packet, beyond what the machine under it dropped."""
    assert beyond(passage.lost, dropped) == 0, \
        f"{passage.lost} of {passage.sent} {whose} lost{when}; by the machine: {dropped}"


def _at_switch_ports(sockets):
    """From `ss`: one packet socket per port, each with a line of its own."""
    return sum(int(found[1]) for line in sockets.splitlines() if "ovs-vswitchd" in line
               for found in [_SOCKET_DROPS.search(line)] if found)


def _at_processors(statistics):
    """From softnet_stat: a line per processor, the second number is what its queue had no room for."""
    return sum(int(line.split()[1], 16) for line in statistics.splitlines())


def _at_receiver(sockets):
    """From a namespace's table of UDP sockets, the last column."""
    return sum(int(line.split()[-1]) for line in sockets.splitlines() if f":{PORT:04X} " in line)


def _read(path):
    with open(path) as file:
        return file.read()
