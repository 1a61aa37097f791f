package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.shell.Trailing;

import java.util.List;

/** Shows what a new slice would get, and which light would be moved for it, as {@code POST /plans} does. */
@Service
@Command(scope = "cloister", name = "plan",
        description = "Shows what a slice would get now, with the circuits that would be moved for it; changes nothing")
public class PlanCommand extends SpecCommand {

    @Argument(index = 0, name = "options", description = "What is asked, as of cloister:slice-create", multiValued = true)
    List<String> more = List.of();

    @Override
    String text() throws CommandException {
        Trailing.apply(this, more);
        Plans plans = Waits.await(getService(SliceAdminService.class).plans(List.of(spec())), Waits.DECISION_SECONDS,
                "it was not decided on");
        Plans.Plan plan = plans.plans().get(0);
        if (!plan.feasible()) {
            throw new RefusedException(plan.problem().orElseThrow());
        }
        return outputJson() ? json(plans) : PlanReport.of(plan);
    }
}
