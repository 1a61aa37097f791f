"""Another application's rules that send ARP to the controller: ONOS's host provider asks for it on every switch."""
from typing import List

from cloister_lab.flows import Flow
from cloister_lab.handles import Fabric

# PacketPriority.CONTROL
PRIORITY = 40_000


def missing(fabric: Fabric) -> List[str]:
    """Switches without such a rule."""
    return [name for name, switch in fabric.switches.items() if not any(map(_is_punt, switch.flows()))]


def frames(fabric: Fabric) -> int:
    """Frames that these rules sent to the controller so far, on all switches."""
    return sum(flow.packets for switch in fabric.switches.values() for flow in switch.flows() if _is_punt(flow))


def _is_punt(flow: Flow) -> bool:
    return flow.priority == PRIORITY and "arp" in flow.fields and "CONTROLLER" in flow.actions
