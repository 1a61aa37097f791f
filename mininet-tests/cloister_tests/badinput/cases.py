"""Requests that Cloister must refuse, and how: data, made for the hosts of a fabric."""
import json
from dataclasses import dataclass, field

NOTHING = object()
HELD = "badinput-held"
NEW = "badinput-new"
UNREAD_BYTES = (1 << 20) + 1


@dataclass(frozen=True)
class Case:
    """One request and its refusal.

    type:    last segment of the problem's type; None where the web container refuses by itself and has none
    pointer, value: the field that the problem names, and its value; NOTHING where no field is at fault
    body:    bytes as they are, None for no body, anything else as JSON
    """
    name: str
    status: int
    type: str
    body: object = None
    pointer: str = ""
    value: object = NOTHING
    method: str = "PUT"
    path: str = f"/slices/{NEW}"
    user: str = "slurm"
    password: str = ""
    headers: dict = field(default_factory=dict)


def cases(free, held):
    """All cases. free: names of at least four hosts in no slice; held: those of the slice HELD, which slurm owns."""
    return [*_json(free), *_members(free, held), *_patterns(free), *_shared(free), *_later(free), *_placement(free),
            *_changes(free), *_requests(free, held), *_circuits(), *_access(free)]


def spec(hosts, **fields):
    return {"members": [{"host": host} for host in hosts], **fields}


def _invalid(name, body, pointer, value, **request):
    return Case(name, 400, "invalid-request", body, pointer, value, **request)


def _text(hosts, extra):
    """A specification with text put in after its opening brace, as no JSON library would write it."""
    return ("{" + extra + json.dumps(spec(hosts))[1:]).encode()


def _json(free):
    good = json.dumps(spec(free[:2])).encode()
    return [
        _invalid("malformed JSON", good[:-1], "/members", None),
        _invalid("no body", b"", "", None),
        _invalid("a list as the body", [], "", []),
        _invalid("text after the body", good + b"x", "", None),
        _invalid("a field twice", _text(free[:2], '"labels":{},"labels":{"a":"b"},'), "/labels", {"a": "b"}),
        _invalid("lists without an end", b'{"members":' + b"[" * 100_000, "/members" + "/0" * 31, None),
        _invalid("an unknown field", spec(free[:2], priority=7), "/priority", 7),
        _invalid("an unknown field of a member", {"members": [{"host": free[0], "nic": 0}]}, "/members/0/nic", 0),
        _invalid("members that are no list", {"members": {"host": free[0]}}, "/members", {"host": free[0]}),
        _invalid("a member that is a text", {"members": [free[0]]}, "/members/0", free[0]),
        _invalid("a member that is null", {"members": [{"host": free[0]}, None]}, "/members/1", None),
        _invalid("a host that is a number", {"members": [{"host": 5}]}, "/members/0/host", 5),
        _invalid("a member without a host", {"members": [{"host": free[0]}, {}]}, "/members/1/host", None),
        _invalid("a label that is a number", spec(free[:2], labels={"cluster": 1}), "/labels/cluster", 1),
        _invalid("a lease in quotes", spec(free[:2], leaseSeconds="3600"), "/leaseSeconds", "3600"),
        _invalid("a lease beyond any number", spec(free[:2], leaseSeconds=10**12), "/leaseSeconds", 10**12),
        _invalid("an unknown bandwidth mode", spec(free[:2], bandwidth={"mode": "best"}), "/bandwidth/mode", "best"),
        _invalid("an unknown circuit policy", spec(free[:2], circuits="maybe"), "/circuits", "maybe"),
    ]


def _members(free, held):
    return [
        _invalid("no member", spec([]), "/members", []),
        Case("an unknown host", 422, "unknown-host", spec([free[0], "gpu-9-9"]), "/members/1/host", "gpu-9-9"),
        Case("a host twice", 422, "duplicate-member", spec([free[0], free[1], free[0]]), "/members/2/host", free[0]),
        Case("an unknown node", 422, "unknown-host", {"nodes": ["gpu-9-9"]}, "/nodes/0", "gpu-9-9"),
        _invalid("members and nodes", spec(free[:2], nodes=["gpu-9-9"]), "/nodes", ["gpu-9-9"]),
        Case("a host in use", 409, "host-in-use", spec([free[0], held[0]]), "/members/1/host", held[0]),
        Case("more than the uplinks carry", 409, "insufficient-uplinks", spec(free, patterns=[{"type": "any"}])),
    ]


def _patterns(free):
    def pattern(name, status, type_, pattern_, pointer, value, hosts=4):
        return Case(name, status, type_, spec(free[:hosts], patterns=[pattern_]), "/patterns/0" + pointer, value)

    return [
        pattern("an unknown pattern", 422, "unknown-pattern", {"type": "star"}, "/type", "star"),
        pattern("a pattern without a type", 400, "invalid-request", {"groups": [[0, 1]]}, "/type", None),
        pattern("a rank out of range", 400, "invalid-request", {"type": "ring", "groups": [[0, 4]]}, "/groups/0/1", 4),
        pattern("a rank below zero", 400, "invalid-request", {"type": "ring", "groups": [[-1, 0]]}, "/groups/0/0", -1),
        pattern("a rank twice", 400, "invalid-request", {"type": "ring", "groups": [[0, 1, 0]]}, "/groups/0/2", 0),
        pattern("a group without ranks", 400, "invalid-request", {"type": "ring", "groups": [[]]}, "/groups/0", []),
        pattern("a rank in quotes", 400, "invalid-request", {"type": "ring", "groups": [[0, "1"]]}, "/groups/0/1", "1"),
        pattern("perRail as a number", 400, "invalid-request", {"type": "ring", "perRail": 1}, "/perRail", 1),
        pattern("halving-doubling of three", 422, "not-supported", {"type": "halving-doubling"}, "/type",
                "halving-doubling", hosts=3),
        pattern("no step", 400, "invalid-request", {"type": "steps"}, "/steps", []),
        pattern("a rank that sends to itself", 400, "invalid-request", {"type": "steps", "steps": [[[1, 1]]]},
                "/steps/0/0", [1, 1]),
        pattern("a rank that sends twice in a step", 400, "invalid-request",
                {"type": "steps", "steps": [[[0, 1], [0, 2]]]}, "/steps/0/1/0", 0),
        pattern("a pair of three", 400, "invalid-request", {"type": "steps", "steps": [[[0, 1, 2]]]},
                "/steps/0/0", [0, 1, 2]),
        Case("a member without a role", 422, "missing-role", {
            "members": [{"host": free[0], "role": "ps"}, {"host": free[1]}],
            "patterns": [{"type": "parameter-server"}]}, "/members/1/role", None),
        Case("servers without a worker", 422, "missing-role", {
            "members": [{"host": free[0], "role": "ps"}, {"host": free[1], "role": "ps"}],
            "patterns": [{"type": "parameter-server"}]}, "/patterns/0/type", "parameter-server"),
    ]


def _shared(free):
    def shared(name, status, type_, field, value, **rates):
        return Case(name, status, type_, spec(free[:2], bandwidth={"mode": "shared", **rates}),
                    f"/bandwidth/{field}BitsPerSecond", value)

    return [
        shared("a shared slice without a rate", 400, "invalid-request", "guaranteed", None),
        shared("a rate of nothing", 400, "invalid-request", "guaranteed", 0, guaranteedBitsPerSecond=0),
        shared("a rate below nothing", 400, "invalid-request", "guaranteed", -1, guaranteedBitsPerSecond=-1),
        shared("a rate that no port has", 422, "rate-exceeds-port", "guaranteed", 10**15,
               guaranteedBitsPerSecond=10**15),
        shared("a rate that no meter has", 422, "not-enforceable", "guaranteed", 999, guaranteedBitsPerSecond=999),
        shared("a limit above the guarantee", 422, "not-enforceable", "limit", 2 * 10**6,
               guaranteedBitsPerSecond=10**6, limitBitsPerSecond=2 * 10**6),
        shared("a limit below the guarantee", 400, "invalid-request", "limit", 10**6,
               guaranteedBitsPerSecond=2 * 10**6, limitBitsPerSecond=10**6),
    ]


def _later(free):
    def later(name, pointer, value, **fields):
        return Case(name, 422, "not-supported", {**spec(free[:2]), **fields}, pointer, value)

    return [
        _invalid("a lease too short", spec(free[:2], leaseSeconds=59), "/leaseSeconds", 59),
        _invalid("a rate of an exclusive slice", spec(free[:2], bandwidth={
            "mode": "exclusive", "limitBitsPerSecond": 1}), "/bandwidth/limitBitsPerSecond", 1),
        later("moving light", "/circuits", "allow", circuits="allow"),
    ]


def _placement(free):
    def placed(name, status, type, field, value, **fields):
        return Case(name, status, type, {"placement": {"hosts": 2, **fields}}, f"/placement/{field}", value)

    return [
        placed("no hosts to place", 400, "invalid-request", "hosts", 0, hosts=0),
        placed("a part of a node", 400, "invalid-request", "nicsPerNode", 2, hosts=3, nicsPerNode=2),
        placed("more hosts than there are", 422, "unknown-host", "hosts", 10**6, hosts=10**6),
        placed("a candidate that is not there", 422, "unknown-host", "candidates/0", "gpu-9-9",
               candidates=["gpu-9-9"]),
        Case("hosts that are named and placed", 400, "invalid-request", spec(free[:2], placement={"hosts": 2}),
             "/placement", {"hosts": 2, "nicsPerNode": 1, "candidates": [], "bind": "now"}),
    ]


def _changes(free):
    """What changes a slice that is there: refused, it must stay as it is."""
    held = f"/slices/{HELD}"
    return [
        Case("a change to an unknown host", 422, "unknown-host", spec([free[0], "gpu-9-9"]), "/members/1/host",
             "gpu-9-9", path=held),
        Case("a change of another generation", 412, "stale-etag", spec(free[:2]), path=held,
             headers={"If-Match": '"7"'}),
        Case("a change of what is to be new", 412, "stale-etag", spec(free[:2]), path=held,
             headers={"If-None-Match": "*"}),
        Case("a change of what is not there", 412, "stale-etag", spec(free[:2]), headers={"If-Match": "*"}),
        _invalid("a tag without quotes", spec(free[:2]), "If-Match", "1", path=held, headers={"If-Match": "1"}),
        _invalid("a renewal without a time", {}, "/leaseSeconds", None, method="POST", path=held + "/renew"),
        _invalid("a renewal for too short a time", {"leaseSeconds": 59}, "/leaseSeconds", 59, method="POST",
                 path=held + "/renew"),
        _invalid("a live set without a label", {"slices": [HELD]}, "/label", None, method="POST", path="/renew"),
        _invalid("a live set with an id of nobody", {"label": "a:b", "slices": ["-a"]}, "/slices/0", "-a",
                 method="POST", path="/renew"),
        _invalid("no candidates", {}, "/candidates", 0, method="POST", path="/plans"),
        _invalid("a candidate with an unknown field", {"candidates": [spec(free[:2]), spec(free[:2], priority=7)]},
                 "/candidates/1/priority", 7, method="POST", path="/plans"),
    ]


def _requests(free, held):
    good = spec(free[:2])

    def query(name, path, pointer, value, **request):
        return _invalid(name, good if not request else None, pointer, value, path=path, **request)

    return [
        _invalid("an id that begins with a dash", good, "id", "-a", path="/slices/-a"),
        _invalid("an id with a slash", good, "id", "a/b", path="/slices/a%2Fb"),
        _invalid("an id that is too long", good, "id", "a" * 64, path="/slices/" + "a" * 64),
        query("a wait that is no number", f"/slices/{NEW}?wait=soon", "wait", "soon"),
        query("a wait that is too long", f"/slices/{NEW}?wait=61", "wait", "61"),
        query("a dry run that may be", f"/slices/{NEW}?dryRun=maybe", "dryRun", "maybe"),
        query("an unknown query parameter", f"/slices/{NEW}?force=true", "force", "true"),
        query("an unknown query parameter of DELETE", f"/slices/{HELD}?force=true", "force", "true", method="DELETE"),
        query("a limit of nothing", "/slices?limit=0", "limit", "0", method="GET"),
        query("an unknown state", "/slices?state=gone", "state", "gone", method="GET"),
        query("a cursor of nobody", "/slices?cursor=%21", "cursor", "!", method="GET"),
        Case("a body of more than 1 MiB", 413, "body-too-large", b" " * UNREAD_BYTES),
        Case("a body of another type", 415, "unsupported-media-type", json.dumps(good).encode(),
             headers={"Content-Type": "text/plain"}),
        Case("a method that is not there", 405, "method-not-allowed", good, method="POST"),
        Case("a path that is not there", 404, "not-found", method="GET", path="/slice"),
        Case("a slice that is not there", 404, "not-found", method="DELETE"),
        Case("a dry run of a host in use", 409, "host-in-use", spec([held[0]]), "/members/0/host", held[0],
             path=f"/slices/{NEW}?dryRun=true"),
    ]


def _circuits():
    """Optical circuits by hand, on a fabric without optical switches."""
    def circuit(name, status, type_, path, pointer="", value=NOTHING, body=None, method="PUT"):
        return Case(name, status, type_, body, pointer, value, method, path, "fabric-admin")

    one = "/circuits/ocs-9/1/5"
    return [
        circuit("a circuit of no switch", 422, "unknown-switch", one, "switch", "ocs-9"),
        circuit("a plan of no switch", 422, "unknown-switch", one + "?dryRun=true", "switch", "ocs-9"),
        circuit("a circuit from a port to itself", 400, "invalid-request", "/circuits/ocs-9/5/5", "peer", "5"),
        circuit("a circuit with a field", 400, "invalid-request", one, "/force", True, {"force": True}),
        circuit("a circuit waited for too long", 400, "invalid-request", one + "?wait=61", "wait", "61"),
        circuit("a circuit that is not there, removed", 404, "not-found", one, method="DELETE"),
        circuit("a circuit that is not there, read", 404, "not-found", one, method="GET"),
        circuit("circuits of no state", 400, "invalid-request", "/circuits?state=lit", "state", "lit", method="GET"),
        circuit("an optical switch that is not there", 404, "not-found", "/switches/ocs-9", method="GET"),
    ]


def _access(free):
    good = spec(free[:2])
    return [
        Case("nobody", 401, None, good, user=None),
        Case("a wrong password", 401, None, good, password="wrong"),
        Case("a reader who writes", 403, "forbidden", good, user="reader"),
        Case("another's slice, read", 404, "not-found", method="GET", path=f"/slices/{HELD}", user="kueue"),
        Case("another's slice, changed", 404, "not-found", good, path=f"/slices/{HELD}", user="kueue"),
        Case("another's slice, removed", 404, "not-found", method="DELETE", path=f"/slices/{HELD}", user="kueue"),
        Case("a scheduler who moves light", 403, "forbidden", {}, path="/circuits/ocs-1/1/5"),
    ]
