"""Requests generated from the served OpenAPI document: none is answered 500, none that is refused changes anything."""
import json
import random

from cloister_lab.rest import JSON, Rest
from cloister_tests.access.rules import OWNER

METHODS = ("put", "post", "delete", "get")
STRANGE = (None, True, -1, 0, 1.5, 2**63, 10**40, "", "5", "\u0000", "\ud83d\ude00 \u202e", "x" * 70_000, [], {}, [None],
           [[[[[[1]]]]]])
MOST_ELEMENTS = 3
# What is granted takes ONOS's polls to come and to go again: seconds for each.
DRY_RUNS = 0.7
PREFIX = "access-generated"


def send(lab, owner, count, seed, figures):
    """Sends them as one scheduler and fills {"generated", "serverErrors", "stateChanged"}. Returns faults in words."""
    document = lab.cloister.rest.get("/openapi.json").expect(200).json()
    maker = Maker(document, [host.name for host in lab.fabric.hosts.values()], random.Random(seed))
    rest, faults, errors, changed, statuses = Rest(OWNER, OWNER, prefix="/cloister/v1"), [], 0, 0, {}
    before = _state(lab)
    for _ in range(count):
        method, path, body, headers = maker.request()
        answer = rest.request(method, path, body, headers.get("Content-Type"), headers, seconds=75)
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        what = f"{method} {path} {str(body)[:300]} -> {answer.status} {answer.text[:200]}"
        if answer.status == 500:
            errors += 1
            faults.append(what)
        if answer.status < 400 and method != "GET" and "dryRun" not in path:
            _remove_generated(owner)
            before = _state(lab)
        elif _state(lab) != before:
            changed += 1
            faults.append(f"changed by {what}")
            before = _state(lab)
    _remove_generated(owner)
    figures.update({"generated": count, "serverErrors": errors, "stateChanged": changed, "seed": seed,
                    "statuses": {str(status): statuses[status] for status in sorted(statuses)}})
    return faults


def _remove_generated(owner):
    for found in owner.slices():
        if found["id"].startswith(PREFIX):
            owner.delete(found["id"], wait=60)


def _state(lab):
    """Slices and rules, leases aside: a renewal among the requests is granted."""
    return [{**found, "lease": None} for found in lab.cloister.slices()], lab.fabric.rules()


class Maker:
    """Makes requests out of a document's schemas; the same ones from the same seed."""

    def __init__(self, document, hosts, chance):
        self._document, self._hosts, self._chance = document, hosts, chance
        self._operations = [(name, path, item[name]) for path, item in document["paths"].items() for name in METHODS
                            if name in item for _ in range(6 if "requestBody" in item[name] else 1)]

    def request(self):
        """(method, path, body as bytes or None, headers) of one request."""
        name, path, operation = self._chance.choice(self._operations)
        path = path.replace("{id}", f"{PREFIX}-{self._chance.randrange(3)}").replace("{name}", "leaf-1/5")
        path = path.replace("{switch}/{port}/{peer}", "ocs-1/1/5")
        if name in ("put", "delete") and "slices" in path:
            path += "?wait=30" if self._chance.random() < 0.9 else "?wait=" + self._chance.choice(("61", "-1", "x", ""))
            if name == "put" and self._chance.random() < DRY_RUNS:
                path += "&dryRun=true"
        if "requestBody" not in operation:
            return name.upper(), path, None, {}
        body = self.value("", operation["requestBody"]["content"][JSON]["schema"])
        kind = self._chance.random()
        if kind < 0.5:
            body = self._mutated(body)
        text = json.dumps(body).encode()
        if kind < 0.1:
            text = text[:self._chance.randrange(len(text))]
        headers = {"Content-Type": "text/plain" if kind > 0.97 else JSON}
        if 0.9 < kind < 0.95:
            headers["If-Match"] = self._chance.choice(('"1"', "1", '"x"', "*", '"1", "2"'))
        return name.upper(), path, text, headers

    def value(self, name, schema):
        """Something that a schema allows; hosts are those of the fabric."""
        while "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if "oneOf" in schema:
            return self.value(name, self._chance.choice(schema["oneOf"]))
        if "enum" in schema:
            return self._chance.choice(schema["enum"])
        types = schema.get("type")
        return self._of_type(name, self._chance.choice(types) if isinstance(types, list) else types, schema)

    def _of_type(self, name, type_, schema):
        chance = self._chance
        if type_ == "object":
            required = schema.get("required", ())
            return {field: self.value(field, of) for field, of in schema.get("properties", {}).items()
                    if field in required or chance.random() < (0.95 if field == "members" else 0.15)}
        if type_ == "array":
            least = schema.get("minItems", 1)
            most = min(schema.get("maxItems", MOST_ELEMENTS), max(least, MOST_ELEMENTS))
            return [self.value(name, schema["items"]) for _ in range(chance.randint(least, most))]
        if type_ == "integer":
            least = schema.get("minimum", 0)
            return chance.randint(least, schema.get("maximum", least + 4))
        if type_ == "string":
            return chance.choice(self._hosts) if name in ("host", "nodes", "candidates") else f"{name}:{chance.randrange(4)}"
        return chance.random() < 0.5 if type_ == "boolean" else None

    def _mutated(self, value):
        """A copy with one thing in it replaced, added or taken away."""
        copy = json.loads(json.dumps(value))
        places = [(holder, key) for holder in _holders(copy) for key in
                  (list(holder) if isinstance(holder, dict) else range(len(holder)))]
        if not places or self._chance.random() < 0.1:
            return self._chance.choice(STRANGE)
        holder, key = self._chance.choice(places)
        change = self._chance.randrange(4)
        if change == 0 and isinstance(holder, dict):
            holder["unknown"] = self._chance.choice(STRANGE)
        elif change == 1:
            del holder[key]
        else:
            holder[key] = self._chance.choice(STRANGE)
        return copy


def _holders(value):
    """Every object and list in a value."""
    if isinstance(value, (dict, list)):
        yield value
        for child in value.values() if isinstance(value, dict) else value:
            yield from _holders(child)
