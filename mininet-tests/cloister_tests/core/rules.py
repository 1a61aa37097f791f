"""One rule on its way to the switch and back, and what ONOS does when switch and store differ."""
from cloister_lab import waiting
from cloister_tests.core.onos_rules import REPAIR_SECONDS, OnosRules, from_port, ipv4, output, to_address

FOREIGN_PRIORITY = 777


def round_trip(lab, parameters, figures):
    """A rule is read from the switch by its own tool, carries packets, and comes back ADDED with their count."""
    leaf, (source, destination) = _pair(lab)
    pings = parameters["pings"]
    with OnosRules(lab, leaf) as rules:
        there = rules.place([output(destination.port)], _towards(source, destination))
        back = rules.place([output(source.port)], _towards(destination, source))
        rules.wait_added(there)
        rules.wait_added(back)
        on_switch = [flow for flow in leaf.flows() if flow.fields.get("nw_dst") == destination.ip]
        assert [flow.actions for flow in on_switch] == [f"output:{destination.port}"], on_switch
        source.set_neighbours([destination])
        destination.set_neighbours([source])
        source.run("ping", "-c", pings, "-i", "0.05", "-W", "1", destination.ip)
        counted = rules.wait_added(there, packets=pings)
        assert counted["bytes"] >= pings * 98, f"{pings} pings of 98 bytes counted as {counted['bytes']} bytes"
    waiting.until(lambda: _still_there(leaf, destination), REPAIR_SECONDS)


def deleted_comes_back(lab, parameters, figures):
    """A rule deleted on the switch behind ONOS's back comes back."""
    leaf, (source, destination) = _pair(lab)
    with OnosRules(lab, leaf) as rules:
        rule = rules.place([output(destination.port)], _towards(source, destination))
        source.set_neighbours([destination])
        rules.wait_added(rule)
        # Nobody answers, which does not matter: what counts is counted on the way there.
        source.run("ping", "-c", parameters["pings"], "-i", "0.05", "-W", "1", destination.ip, check=False)
        rules.wait_added(rule, packets=parameters["pings"])
        leaf.delete_flows(f"ip,nw_dst={destination.ip}")
        figures["repairSeconds"] = round(waiting.until(lambda: _not_new(leaf, destination), REPAIR_SECONDS, 0.02), 2)


def foreign_goes(lab, parameters, figures):
    """A rule that nobody asked ONOS for is removed at a poll, as stock does."""
    leaf = lab.fabric.switch("leaf-1")
    leaf.add_flows([f"priority={FOREIGN_PRIORITY},in_port=1,actions=output:2"])
    figures["foreignGoneSeconds"] = round(waiting.until(
        lambda: "a foreign rule stays" if any(f.priority == FOREIGN_PRIORITY for f in leaf.flows()) else "",
        REPAIR_SECONDS), 2)


def unsupported_fails(lab, parameters, figures):
    """An instruction that the switch cannot be given is refused with a reason, and never half of it installed."""
    leaf, (source, destination) = _pair(lab)
    log_before = lab.onos.log.stat().st_size
    with OnosRules(lab, leaf) as rules:
        flow = rules.place([parameters["instruction"], output(destination.port)], _towards(source, destination))
        waiting.until(lambda: "" if parameters["reason"] in _log_since(lab, log_before)
                      else f"ONOS's log gives no reason with {parameters['reason']!r}", REPAIR_SECONDS)
        assert not _still_there(leaf, destination), "part of an unsupported rule is on the switch"
        entry = rules.state(flow)
        assert entry is None or entry["state"] != "ADDED", entry


def _pair(lab):
    leaf = lab.fabric.leaves[0]
    return leaf, lab.fabric.hosts_of(leaf.name)[:2]


def _towards(source, destination):
    return [from_port(source.port), ipv4(), to_address(destination.ip)]


def _still_there(leaf, destination):
    return [flow for flow in leaf.flows() if flow.fields.get("nw_dst") == destination.ip]


def _not_new(leaf, destination):
    """ONOS may put a rule back at once, on the switch's word that it was removed: a new one has counted nothing."""
    found = _still_there(leaf, destination)
    return "" if found and found[0].packets == 0 else f"the rule is not back on {leaf.name}: {found}"


def _log_since(lab, offset):
    with open(lab.onos.log, errors="replace") as log:
        log.seek(offset)
        return log.read()
