"""A meter of ONOS holds a stream to its rate."""
from cloister_tests.core.onos_rules import OnosRules, from_port, ipv4, output, to_address
from cloister_tests.traffic import Load


def limits(lab, parameters, figures):
    """What passes a meter is its rate, when more is offered."""
    leaf = lab.fabric.leaves[0]
    source, destination = lab.fabric.hosts_of(leaf.name)[:2]
    rate, offered = parameters["meterMbit"] * 1_000_000, parameters["offeredMbit"] * 1_000_000
    with OnosRules(lab, leaf) as rules:
        meter = rules.place_meter(rate // 1000, rate // 10_000)
        rules.wait_added(rules.place([{"type": "METER", "meterId": int(meter, 0)}, output(destination.port)],
                                     [from_port(source.port), ipv4(), to_address(destination.ip)]))
        source.set_neighbours([destination])
        with Load([(source, destination)], offered) as load:
            passed, = load.steady(parameters["seconds"], settle=1)
    figures["meter"] = {"bitsPerSecond": rate, "offeredBitsPerSecond": offered, "passedBitsPerSecond": round(passed)}
    assert 0.8 * rate <= passed <= 1.1 * rate, f"a meter of {rate} bit/s passed {passed:.0f} of {offered}"
