"""Every operation of the OpenAPI document asked by everybody, on a running ONOS."""
from cloister_lab.rest import Rest
from cloister_tests.access.rules import MAY, ONOS_PATHS, ONOS_STATUSES, PASSWORDS, RULES, USERS

METHODS = ("get", "put", "post", "delete")
PROBLEM = "application/problem+json"


def operations(document):
    """("GET", "/slices/{id}") of each operation of an OpenAPI document."""
    return [(name.upper(), path) for path, item in document["paths"].items() for name in item if name in METHODS]


def ask_all(document, slice_id, spec, state):
    """Asks what changes nothing even where it is granted. Returns (requests, faults in words).

    state: returns what no request here may change.
    """
    asked, faults, before = 0, [], state()
    for method, path in operations(document):
        rule = RULES.get(f"{method} {path}")
        if rule is None:
            faults.append(f"{method} {path}: no rule says who may")
            continue
        for user, expected in zip(USERS, rule):
            # What would be granted and change something is the business of other tests.
            if expected == MAY and method in ("PUT", "DELETE") and "slices" not in path:
                continue
            if expected == MAY and method == "DELETE":
                continue
            asked += 1
            fault = _fault(_ask(user, method, path, slice_id, spec), expected)
            if fault:
                faults.append(f"{user} {method} {path}: {fault}")
        if state() != before:
            faults.append(f"{method} {path} changed slices or rules")
            before = state()
    return asked, faults


def ask_onos():
    """Asks ONOS's own interface. Returns (requests, faults in words)."""
    answers = [(user, path, Rest(user, PASSWORDS.get(user, user), prefix="/onos/v1").get(path).status, expected)
               for path in ONOS_PATHS for user, expected in zip(USERS, ONOS_STATUSES)]
    return len(answers), [f"{user} GET /onos/v1{path}: {status}, not {expected}"
                          for user, path, status, expected in answers if status != expected]


def _ask(user, method, path, slice_id, spec):
    """The same specification again, as a dry run, is granted and changes nothing; so is a plan of it."""
    target = path.replace("{id}", slice_id).replace("{name}", "spine-1")
    target = target.replace("{switch}/{port}/{peer}", "ocs-1/1/5")
    body = {"PUT /slices/{id}": spec, "POST /plans": {"candidates": [spec]}, "POST /slices/{id}/renew":
            {"leaseSeconds": 3600}, "POST /renew": {"label": "cluster:nobody", "slices": []}}.get(f"{method} {path}")
    if method == "PUT" and "{id}" in path:
        target += "?dryRun=true"
    return Rest(user, PASSWORDS.get(user, user), prefix="/cloister/v1").request(method, target, body)


def _fault(answer, expected):
    """What is wrong with an answer, in words; empty if nothing is. What this version does not support says so."""
    if expected != MAY:
        # Nobody is refused by the web container, in its own words.
        right = answer.status == expected and (expected == 401 or answer.headers.get("Content-Type") == PROBLEM)
        return "" if right else f"{answer.status} {answer.text[:200]}, not {expected}"
    later = answer.status in (404, 422) and answer.headers.get("Content-Type") == PROBLEM
    return "" if answer.status // 100 == 2 or later else f"{answer.status} {answer.text[:200]}, though it may"
