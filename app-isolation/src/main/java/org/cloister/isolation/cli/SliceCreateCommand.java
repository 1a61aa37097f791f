package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.shell.Seconds;
import org.cloister.shell.Trailing;

import java.util.List;

/** Asks for a slice, as {@code PUT /slices/ID} does. */
@Service
@Command(scope = "cloister", name = "slice-create",
        description = "Asks for a slice, or for a change of one; prints it as it is then")
public class SliceCreateCommand extends SpecCommand {

    private static final int LONGEST_WAIT = 600;

    @Argument(index = 0, name = "id", description = "Name of the slice", required = true)
    @Completion(SliceIdCompleter.class)
    String id;

    @Argument(index = 1, name = "options", description = "Options may stand before the name or behind it",
            multiValued = true)
    List<String> more = List.of();

    @Option(name = "--dry-run", description = "Show what it would get, and ask for nothing")
    boolean dryRun;

    @Option(name = "--owner", description = "Whose a new slice is; by HTTP its owner sees it. A change leaves it its owner's")
    String owner;

    @Option(name = "--wait", description = "Seconds to wait until it is ACTIVE, 0 to 600")
    int wait = 30;

    @Reference
    Session session;

    private Slice made;

    @Override
    String text() throws CommandException {
        Trailing.apply(this, more);
        Seconds.within(wait, LONGEST_WAIT);
        SliceId wanted = Ids.of(id);
        SliceSpec spec = spec();
        SliceAdminService slices = getService(SliceAdminService.class);
        String whose = owner != null ? owner
                : slices.slice(wanted).map(Slice::owner).orElseGet(() -> Users.of(session));
        String undecided = "slice " + id + " was not decided on";
        made = dryRun ? Waits.await(slices.plan(wanted, spec, whose), Waits.DECISION_SECONDS, undecided)
                : Waits.await(slices.put(wanted, spec, whose), Waits.DECISION_SECONDS, undecided).slice();
        if (wait > 0 && !dryRun) {
            made = Waits.await(slices.whenSettled(wanted), wait, "slice " + id + " was not settled");
        }
        return outputJson() ? json(made) : SliceReport.of(made);
    }

    @Override
    void check() throws CommandException {
        if (made.state() == SliceState.FAILED) {
            throw new CommandException("slice " + id + " is FAILED; its conditions say why");
        }
    }
}
