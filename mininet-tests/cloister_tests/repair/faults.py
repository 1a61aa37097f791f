"""One fault after another in one traffic session, each begun with every slice and every link as it should be."""
from cloister_lab import session
from cloister_tests.repair import changes, drift, jobs, outages
from cloister_tests.repair.settings import rules_kept
from cloister_tests.repair.watch import Watch

WHOLE_SECONDS = 30
# Last the one after which a slice has other members than the streams go between.
CHECKS = (drift.rule_deleted, drift.rule_changed, drift.foreign_rule, drift.meter_removed,
          outages.uplink_down, outages.spine_down, outages.uplink_down_no_spare,
          changes.spine_drained, changes.member_replaced)


def run(lab, parameters, figures):
    """parameters: seconds of traffic that count "before" and "after" each fault."""
    with rules_kept(lab):
        with Watch(jobs.create(lab), figures) as watch:
            window = parameters["before"], parameters["after"]
            for check in CHECKS:
                watch.attempt(check.__name__.replace("_", " "), _from_whole, lab, watch, window, check)
        watch.judge()


def _from_whole(lab, watch, window, check):
    session.wait_visible(lab.fabric, WHOLE_SECONDS, say=None)
    jobs.wait_states(lab, {name: "ACTIVE" for name in jobs.NAMES}, WHOLE_SECONDS)
    check(lab, watch, window)
