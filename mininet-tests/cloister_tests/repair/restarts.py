"""Acceptance of restarts: the controller dies, the application is stopped or replaced, and no packet is lost."""
import time

from cloister_lab import session, waiting
from cloister_lab.netcfg import APPLICATION
from cloister_lab.startlevels import HeldBack
from cloister_tests.lab import oar
from cloister_tests.repair import jobs
from cloister_tests.repair.settings import rules_kept
from cloister_tests.repair.watch import Watch

CLOISTERS_BUNDLES = ("org.cloister.app-isolation", "org.cloister.rest-api", "org.cloister.driver-ocs")
BACK_SECONDS = 60
LATE_SLICE = "repair-late"


def run(lab, parameters, figures):
    """One traffic session over all cases; parameters: seconds "before", "after" a fault and "without" Cloister."""
    with rules_kept(lab):
        with Watch(jobs.create(lab), figures) as watch:
            window = parameters["before"], parameters["after"]
            watch.attempt("control", control, watch, window)
            watch.attempt("application restarted", application_restarted, lab, watch, window)
            watch.attempt("application reinstalled", application_reinstalled, lab, watch, window)
            watch.attempt("controller killed", controller_killed, lab, watch, window, parameters["without"])
        watch.judge()


def control(watch, window):
    """Nothing is done: nothing is lost but by the machine."""
    with watch.case("control", *window) as case:
        pass
    case.expect_nothing_lost()
    assert case.whole.duplicated == 0, f"{case.whole.duplicated} packets came twice without a fault"


def application_restarted(lab, watch, window):
    before = _state(lab)
    with watch.case("applicationRestarted", *window) as case:
        rest = lab.onos.rest(seconds=BACK_SECONDS)
        rest.delete(f"/applications/{APPLICATION}/active").expect(204)
        rest.post(f"/applications/{APPLICATION}/active").expect(200)
        _wait_back(lab)
    _expect_unharmed(case, before, _state(lab))


def application_reinstalled(lab, watch, window):
    """As `onos-app reinstall!` does it: uninstalled, installed from the archive, activated."""
    before = _state(lab)
    with watch.case("applicationReinstalled", *window) as case:
        lab.onos.uninstall(APPLICATION, seconds=BACK_SECONDS)
        lab.onos.install(oar(), seconds=BACK_SECONDS)
        _wait_back(lab)
    _expect_unharmed(case, before, _state(lab))


def controller_killed(lab, watch, window, without_seconds):
    """kill -9, a restart without Cloister for some time after the switches are back, then Cloister too."""
    before = _state(lab)
    problems = lab.cloister.rest.get("/fabric").expect(200).json()["problems"]
    assert not any(each["reason"] == "UnsafeRestart" for each in problems), problems
    with HeldBack(lab.onos, CLOISTERS_BUNDLES) as held:
        with watch.case("controllerKilled", *window) as case:
            lab.cloister.put(LATE_SLICE, jobs.on_port(lab.fabric, jobs.spare_port(lab.fabric)), wait=0).expect(202)
            lab.onos.kill()
            lab.onos.start()
            lab.onos.wait_ready(say=_quiet)
            session.wait_visible(lab.fabric, say=None)
            assert lab.cloister.rest.get("/fabric").status == 404, "Cloister is there, though it was held back"
            time.sleep(without_seconds)
            held.release()
            _wait_back(lab)
            late = lab.cloister.wait_active(LATE_SLICE, BACK_SECONDS, 0.1)
            case.more["lateSliceActiveSeconds"] = round(late, 1)
    _expect_unharmed(case, before, _state(lab, leave_out=LATE_SLICE))


def _quiet(_):
    pass


def _wait_back(lab):
    """Waits until Cloister answers and its slices are ACTIVE."""
    waiting.until(lambda: _not_there(lab), BACK_SECONDS)
    jobs.wait_states(lab, {name: "ACTIVE" for name in jobs.NAMES}, BACK_SECONDS)


def _not_there(lab):
    status = lab.cloister.rest.get("/fabric").status
    return "" if status == 200 else f"GET fabric answers {status}"


def _state(lab, leave_out=None):
    """(what each slice has, the rules of each switch); what belongs to a slice that is left out is not in it."""
    placed = jobs.placement(lab)
    gone = placed.pop(leave_out, None)
    tags = _mentions(gone["tag"]) if gone else ()
    rules = {name: {rule for rule in found if not any(tag in f"{rule[2]} {rule[3]}," for tag in tags)}
             for name, found in lab.fabric.rules().items()}
    return placed, rules


def _mentions(tag):
    """How ovs-ofctl writes a tag: as the VLAN matched, and as the field set, with the bit that says there is one."""
    return f"dl_vlan={tag} ", f"dl_vlan={tag},", f"set_field:{tag | 0x1000}->vlan_vid"


def _expect_unharmed(case, before, after):
    case.expect_nothing_lost()
    assert before[0] == after[0], f"slices have {after[0]}, had {before[0]}"
    changed = {name: sorted(before[1][name] ^ rules)[:4] for name, rules in after[1].items() if before[1][name] ^ rules}
    assert not changed, f"rules changed: {changed}"
