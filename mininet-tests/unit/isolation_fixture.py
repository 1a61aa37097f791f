"""Two slices and two outsiders on a small fabric, as tests of isolation know it."""
from cloister_lab.topology import FabricPlan, FabricSpec
from cloister_tests.isolation.view import Slice, View

PLAN = FabricPlan(FabricSpec(leaves=2, spines=1, hosts=4))
DEVICES = {switch.name: switch.device for switch in PLAN.switches}


def host(leaf, port):
    return next(each for each in PLAN.hosts if each.leaf == f"leaf-{leaf}" and each.port == port)


def view():
    """Slice a: the first ports of both leaves and the third of leaf 1; slice b: the second ports."""
    return View(PLAN.hosts, [Slice("a", 100, (host(1, 1).name, host(2, 1).name, host(1, 3).name)),
                             Slice("b", 101, (host(1, 2).name, host(2, 2).name))])
