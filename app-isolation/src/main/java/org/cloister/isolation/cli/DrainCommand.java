package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;
import org.cloister.shell.Pauses;
import org.cloister.shell.Seconds;
import org.cloister.shell.Trailing;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes a switch or a link out of use, and waits until nobody holds it. */
@Service
@Command(scope = "cloister", name = "drain",
        description = "Takes a switch, or the link at a port, out of use; slices that hold it move first")
public class DrainCommand extends CloisterCommand {

    private static final int LONGEST_WAIT = 600;

    @Argument(index = 0, name = "name", description = "A switch (spine-1) or a fabric port (leaf-1/5)", required = true)
    @Completion(DrainableCompleter.class)
    String name;

    @Argument(index = 1, name = "options", description = "Options may stand before the name or behind it",
            multiValued = true)
    List<String> more = List.of();

    @Option(name = "--wait", description = "Seconds to wait until no slice holds it, 0 to 600")
    int wait = 60;

    private Drain drain;

    @Override
    String text() throws CommandException {
        Trailing.apply(this, more);
        Seconds.within(wait, LONGEST_WAIT);
        DrainService drains = getService(DrainService.class);
        drain = Waits.await(drains.drain(name), Waits.DECISION_SECONDS, "the drain of " + name + " was not decided on");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(wait);
        while (!drain.drained() && System.nanoTime() < end) {
            Pauses.second();
            drain = drains.drains().stream().filter(each -> each.name().equals(drain.name())).findFirst()
                    .orElseThrow(() -> new CommandException(name + " was put back into use meanwhile"));
        }
        return outputJson() ? json(drain) : DrainsReport.of(List.of(drain));
    }

    @Override
    void check() throws CommandException {
        if (!drain.drained() && wait > 0) {
            throw new CommandException(name + " is not drained after " + wait + " s; it goes on, see cloister:drains");
        }
    }
}
