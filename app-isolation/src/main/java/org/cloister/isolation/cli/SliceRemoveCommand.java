package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.shell.Seconds;
import org.cloister.shell.Trailing;

import java.util.List;

/** Removes a slice, as {@code DELETE /slices/ID} does. */
@Service
@Command(scope = "cloister", name = "slice-remove", description = "Removes a slice, whoever owns it")
public class SliceRemoveCommand extends CloisterCommand {

    private static final int LONGEST_WAIT = 600;

    @Argument(index = 0, name = "id", description = "Name of the slice", required = true)
    @Completion(SliceIdCompleter.class)
    String id;

    @Argument(index = 1, name = "options", description = "Options may stand before the name or behind it",
            multiValued = true)
    List<String> more = List.of();

    @Option(name = "--wait", description = "Seconds to wait until its removal was read back, 0 to 600")
    int wait = 30;

    @Override
    String text() throws CommandException {
        Trailing.apply(this, more);
        Seconds.within(wait, LONGEST_WAIT);
        SliceId wanted = Ids.of(id);
        SliceAdminService slices = getService(SliceAdminService.class);
        Waits.await(slices.remove(wanted), Waits.DECISION_SECONDS, "slice " + id + " is not REMOVING");
        if (wait == 0) {
            return "Slice " + id + " is being removed";
        }
        Waits.await(slices.whenGone(wanted), wait, "the removal of slice " + id + " was not read back");
        return "Slice " + id + " is gone";
    }
}
