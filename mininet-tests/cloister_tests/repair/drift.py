"""Acceptance of drift: what somebody else did to a switch is undone, and only the slice it was done to notices."""
import re
import time

from cloister_lab import waiting
from cloister_tests.repair import jobs

APPLICATION_SHIFT = 48
# Above everything of Cloister's, so that it would take effect.
FOREIGN_PRIORITY = 60_000
# A number that no application of ONOS has.
NOBODY = 0x7ABC
WANTED_SECONDS = 10
WANTED_METER_SECONDS = 20
PATIENCE_SECONDS = 40
_METER = re.compile(r"meter:(\d+)")


def rule_deleted(lab, watch, window):
    """A rule that carries a slice's packets down from a spine."""
    name = jobs.NAMES[0]
    spine, rule = _downlink(lab, name)
    with watch.case("ruleDeleted", *window, affected=(name,)) as case:
        start = time.monotonic()
        spine.delete_rule(rule)
        waiting.until(lambda: _differs(spine, rule), PATIENCE_SECONDS, 0.05)
        case.seconds = time.monotonic() - start
    _judge(case)


def rule_changed(lab, watch, window):
    """The same rule, but what it does: it drops."""
    name = jobs.NAMES[1]
    spine, rule = _downlink(lab, name)
    with watch.case("ruleChanged", *window, affected=(name,)) as case:
        start = time.monotonic()
        spine.change_rule(rule, "drop")
        waiting.until(lambda: _differs(spine, rule), PATIENCE_SECONDS, 0.05)
        case.seconds = time.monotonic() - start
    _judge(case)


def foreign_rule(lab, watch, window):
    """Rules that take packets past every admission: in Cloister's own name, in that of nobody, without any cookie."""
    leaf = lab.fabric.leaves[-1]
    ours = max(flow.cookie for flow in leaf.flows()) >> APPLICATION_SHIFT
    cookies = {"cloister": ours << APPLICATION_SHIFT | 0xABCDEF, "nobody": NOBODY << APPLICATION_SHIFT, "none": 0}
    port = jobs.spare_port(lab.fabric)
    with watch.case("foreignRule", *window) as case:
        start = time.monotonic()
        leaf.add_flows([f"cookie={cookie:#x},priority={FOREIGN_PRIORITY + number},in_port={port},ip,"
                        f"actions=output:{leaf_port}" for number, (leaf_port, cookie)
                        in enumerate(zip((1, 2, 3), cookies.values()))])
        gone = {}

        def remaining():
            there = {flow.cookie for flow in leaf.flows() if flow.priority >= FOREIGN_PRIORITY}
            for owner, cookie in cookies.items():
                if cookie not in there:
                    gone.setdefault(owner, round((time.monotonic() - start) * 1000))
            return ", ".join(f"the foreign rule of {owner} stays" for owner, cookie in cookies.items() if cookie in there)
        try:
            waiting.until(remaining, PATIENCE_SECONDS, 0.05)
        finally:
            leaf.delete_flows(f"in_port={port},ip,ip_dscp=0")
        case.seconds = time.monotonic() - start
        case.more["goneMillis"] = gone
    _judge(case)
    case.expect_nothing_lost()


def meter_removed(lab, watch, window):
    """A member's meter, and with it the rules that send its packets through the meter."""
    name = jobs.SHARED
    leaf = lab.fabric.leaves[0]
    before = _metered(leaf)
    meter = min(leaf.meters())
    with watch.case("meterRemoved", *window, affected=(name,)) as case:
        start = time.monotonic()
        leaf.ofctl("del-meter", f"meter={meter}")
        waiting.until(lambda: _differs_in_meters(leaf, before), PATIENCE_SECONDS, 0.05)
        case.seconds = time.monotonic() - start
    assert before[0], f"{leaf.name} has no rules that use a meter"
    _judge(case, WANTED_METER_SECONDS)


def _metered(switch):
    """(rules that use a meter, configurations of meters), whatever the meters' numbers are."""
    meters = switch.meters()
    rules = sorted((*flow.key[:3], _METER.sub("meter", flow.actions)) for flow in switch.flows()
                   for found in [_METER.search(flow.actions)] if found and int(found[1]) in meters)
    return rules, sorted(meters.values())


def _differs_in_meters(switch, wanted):
    rules, meters = _metered(switch)
    return "" if (rules, meters) == wanted else (f"{switch.name} has {len(meters)} of {len(wanted[1])} meters, "
                                                 f"{len(rules)} of {len(wanted[0])} rules that use one")


def _downlink(lab, name):
    """(spine, rule) by which a spine sends a slice's packets down."""
    tag = str(lab.cloister.slice(name)["allocation"]["tag"])
    return next((spine, flow) for spine in lab.fabric.spines for flow in spine.flows()
                if flow.table == 1 and flow.fields.get("dl_vlan") == tag and "ip" in flow.fields)


def _differs(switch, rule):
    return "" if rule.key in {flow.key for flow in switch.flows()} else f"{switch.name} is without {rule.key}"


def _judge(case, wanted=WANTED_SECONDS):
    assert case.seconds <= wanted, f"repaired after {case.seconds:.1f} s, wanted {wanted} s"
    case.expect_nothing_lost_of_others()
