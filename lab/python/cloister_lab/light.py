"""Where the light of an optical switch goes, read from the kernel: redirections between interfaces, and carrier."""
import json
import re

_PORT = re.compile(r"-p([1-9][0-9]*)$")


def redirections(filters):
    """Where packets that come in at an interface are sent, from `tc -j filter show dev X ingress`: interface names."""
    return [action["to_dev"] for each in json.loads(filters or "[]")
            for action in each.get("options", {}).get("actions", ())
            if action.get("kind") == "mirred" and action.get("mirred_action") == "redirect"]


def both_ways(ways):
    """The pairs that light passes between in both directions, of {(from, to), ...}: the lower first."""
    return frozenset((one, other) for one, other in ways if one < other and (other, one) in ways)


def lit(interfaces):
    """The interfaces, of `ip -j link show`, that have light on them."""
    return {each["ifname"] for each in json.loads(interfaces or "[]") if "UP" in each["flags"]}


def port_of(interface):
    """The port's number in an interface's name, see optical.port_interface."""
    return int(_PORT.search(interface)[1])
