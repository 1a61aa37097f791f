"""What the proof found, in figures for the report and in words for whoever has to mend it."""
from typing import Dict, List

from .attacks import CATALOGUE
from .phase import PhaseResult
from .proof import Evidence
from .punt import PRIORITY as PUNT_PRIORITY

_STRAYS_SHOWN = 20


def figures(seen: Evidence) -> Dict[str, object]:
    """The content of isolation.json."""
    inside = len(seen.view.pairs_inside())
    return {
        "framesSent": seen.enforced.frames_sent,
        "framesLeaked": seen.enforced.frames_leaked + sum(seen.strays.values()),
        "attacks": {each.name: {"sent": seen.enforced.sent(each), "leaked": seen.enforced.leaked(each),
                                "leakedWithoutCloister": seen.flooded.leaked(each)} for each in CATALOGUE},
        "conditionsRemoved": {name: result.frames_leaked for name, result in seen.removed.items()},
        "conditionsRemovedByAttack": {name: result.leaks() for name, result in seen.removed.items()},
        "conditionsPutBack": {"sent": seen.put_back.frames_sent, "leaked": seen.put_back.frames_leaked},
        "controllerPutBack": {"sent": seen.controller_back.frames_sent, "leaked": seen.controller_back.frames_leaked},
        "pairsInside": inside,
        "pairsInsideReached": inside - len(seen.unreached),
        "pairsInsideReachedAfterwards": inside - len(seen.unreached_afterwards),
        "pairsOutside": len(seen.view.pairs_outside()),
        "strayFrames": sum(seen.strays.values()),
        "controllerProbesAtHosts": seen.probes,
        "links": {"before": len(seen.links_before), "after": len(seen.links_after),
                  "changed": sorted(seen.links_before ^ seen.links_after), "forgedWithoutDenyRule": seen.forged_link},
        "switchesAskingForArp": len(seen.fabric.switches) - len(seen.not_asking_for_arp),
        "arpFramesAtController": seen.arp_at_controller,
        "traffic": {"framesSent": seen.enforced.traffic[0], "framesDelivered": seen.enforced.traffic[1],
                    "tcpBytes": seen.tcp_bytes},
        "fabric": {"leaves": len(seen.fabric.leaves), "spines": len(seen.fabric.spines), "hosts": len(seen.view.hosts)},
        "slices": {each.name: {"tag": each.tag, "members": list(each.members)} for each in seen.view.slices},
        "seconds": round(seen.seconds, 1),
        "failures": failures(seen),
    }


def failures(seen: Evidence) -> List[str]:
    """Everything that went against expectation; empty when isolation is proven."""
    found = [f"inside a slice: {each}" for each in seen.unreached]
    found += [f"inside a slice, after the controls: {each}" for each in seen.unreached_afterwards]
    found += [f"{name}: no rule at {PUNT_PRIORITY} that sends ARP to the controller" for name in seen.not_asking_for_arp]
    if seen.arp_at_controller:
        found.append(f"{seen.arp_at_controller} ARP frames reached the controller past Cloister's rules")
    found += [f"self test: the capture at {name} missed frames" for name in seen.self_test]
    found += _expect_nothing("with Cloister", seen.enforced)
    found += _expect_nothing("with its rules put back", seen.put_back)
    found += _expect_nothing("with ONOS back", seen.controller_back)
    found += [f"{name}: with ONOS back its rules are other ones" for name in seen.rules_changed]
    found += [f"stray frame, {count} times, at {what}" for what, count in list(seen.strays.items())[:_STRAYS_SHOWN]]
    found += [f"load: {each} delivered nothing" for each in seen.silent_streams]
    if seen.links_before != seen.links_after:
        found.append(f"ONOS's links changed: {sorted(seen.links_before ^ seen.links_after)}")
    if not seen.forged_link:
        found.append("a relayed probe made no link even without the rule that denies by default")
    found += [f"attack {each.name}: nothing was sent" for each in CATALOGUE if not seen.enforced.sent(each)]
    found += [f"attack {each.name}: not seen even without Cloister" for each in CATALOGUE
              if not seen.flooded.leaked(each)]
    found += [f"without Cloister: {doubt}" for doubt in seen.flooded.doubts()]
    for name, result in seen.removed.items():
        if not result.frames_leaked:
            found.append(f"without the condition {name} nothing leaked")
        found += [f"without the condition {name}: {doubt}" for doubt in result.doubts()]
    return found


def _expect_nothing(when: str, result: PhaseResult) -> List[str]:
    found = [f"{when}: {count} frames of {name} leaked" for name, count in result.leaks().items()]
    if result.traffic_leaked:
        found.append(f"{when}: {result.traffic_leaked} frames of slice traffic were seen by others")
    if result.frames_leaked:
        found += [f"{when}: {example}" for example in result.examples[:5]]
    found += [f"{when}: {doubt}" for doubt in result.doubts()]
    sent, delivered = result.traffic
    if delivered != sent:
        found.append(f"{when}: of {sent} frames inside slices {delivered} were delivered")
    return found
