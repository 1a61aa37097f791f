"""Scenarios and topologies as data.

A topology (topologies/NAME.json) holds the fields of FabricSpec.

A scenario (scenarios/NAME.json) holds
    about       one sentence for --list
    needs       "fabric" (switches without a controller), "onos", "cloister" (ONOS with the .oar active), or
                "new-cloister" (the same, ONOS having begun without data)
    topology    name of a topology
    report      name of the JSON report its steps fill, if any
    steps       [{"name", "check", "parameters", "full"}]: check is "module:function" in this package, called with
                (lab, parameters, figures); "full" overrides parameters under --full. A step may say "needs" for itself.
A step that fails does not stop the next one, unless it says "required": true.
"""
import importlib
import json
from dataclasses import dataclass

from cloister_lab.topology import FabricSpec
from cloister_tests.places import TESTS

NEEDS = ("fabric", "onos", "cloister", "new-cloister")
_SCENARIO_FIELDS = {"about", "needs", "topology", "report", "steps"}
_STEP_FIELDS = {"name", "check", "parameters", "full", "required", "needs"}


class BadScenario(ValueError):
    """A scenario or topology file that cannot be used; the message names file and field."""


@dataclass(frozen=True)
class Step:
    name: str
    check: str
    parameters: dict
    full: dict
    required: bool
    needs: str

    def function(self):
        module, _, name = self.check.partition(":")
        return getattr(importlib.import_module(f"cloister_tests.{module}"), name)

    def parameters_for(self, full):
        return {**self.parameters, **(self.full if full else {})}


@dataclass(frozen=True)
class Scenario:
    name: str
    about: str
    needs: str
    topology: FabricSpec
    report: str
    steps: tuple

    def topology_for(self, step):
        """The fabric of a step: without a controller where it needs no more than the fabric."""
        return self.topology.standalone() if step.needs == "fabric" else self.topology


def load_all():
    """Every scenario: those that need less come first, so that the lab is only ever added to."""
    scenarios = [load(path.stem) for path in sorted((TESTS / "scenarios").glob("*.json"))]
    return sorted(scenarios, key=lambda scenario: NEEDS.index(scenario.needs))


def load(name):
    raw = _read("scenarios", name, _SCENARIO_FIELDS)
    return Scenario(name, raw["about"], _needs(f"scenarios/{name}.json", raw["needs"]), load_topology(raw["topology"]),
                    raw.get("report"), tuple(_step(name, step, raw["needs"]) for step in raw["steps"]))


def load_topology(name):
    return FabricSpec(**_read("topologies", name, set(FabricSpec.__dataclass_fields__)))


def _step(scenario, raw, needs):
    where = f"scenarios/{scenario}.json: step {raw.get('name')!r}"
    _refuse_unknown(where, raw, _STEP_FIELDS)
    return Step(raw["name"], raw["check"], raw.get("parameters", {}), raw.get("full", {}), raw.get("required", False),
                _needs(where, raw.get("needs", needs)))


def _needs(where, value):
    if value not in NEEDS:
        raise BadScenario(f"{where}: needs: {value!r} is none of {', '.join(NEEDS)}")
    return value


def _read(kind, name, known):
    path = TESTS / kind / f"{name}.json"
    try:
        raw = json.loads(path.read_text())
    except (OSError, ValueError) as failure:
        raise BadScenario(f"{kind}/{name}.json: {failure}") from failure
    _refuse_unknown(f"{kind}/{name}.json", raw, known)
    return raw


def _refuse_unknown(where, raw, known):
    unknown = sorted(set(raw) - known)
    if unknown:
        raise BadScenario(f"{where}: unknown field {', '.join(unknown)}")
