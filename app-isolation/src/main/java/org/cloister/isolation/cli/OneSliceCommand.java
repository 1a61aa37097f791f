package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceService;

import java.util.List;

/** A command about one slice. */
abstract class OneSliceCommand extends CloisterCommand {

    @Argument(index = 0, name = "id", description = "Name of the slice", required = true)
    @Completion(SliceIdCompleter.class)
    String id;

    /** Karaf takes what follows an argument for another one, and people write options last. */
    @Argument(index = 1, name = "--json", description = "Output JSON; may stand before the name as well")
    String last;

    @Override
    final String text() throws CommandException {
        if (last != null && !List.of("-j", "--json").contains(last)) {
            throw new CommandException("'" + last + "' is too much; a slice's name, and perhaps --json, is all");
        }
        return text(slice());
    }

    /** Returns what to print of the slice. */
    abstract String text(Slice slice);

    @Override
    protected boolean outputJson() {
        return last != null || super.outputJson();
    }

    private Slice slice() throws CommandException {
        SliceId wanted;
        try {
            wanted = SliceId.of(id);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
        return getService(SliceService.class).slice(wanted).orElseThrow(() -> new CommandException(
                "There is no slice '" + id + "'; cloister:slices lists those that are there"));
    }
}
