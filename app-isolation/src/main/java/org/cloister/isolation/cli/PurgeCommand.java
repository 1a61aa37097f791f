package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.PurgeReport;
import org.cloister.isolation.api.PurgeService;
import org.cloister.shell.Pauses;
import org.cloister.shell.Seconds;

import java.util.concurrent.TimeUnit;

/** Takes everything of Cloister away, if it is really meant. */
@Service
@Command(scope = "cloister", name = "purge",
        description = "Removes all slices, and then Cloister's rules and meters from every configured switch")
public class PurgeCommand extends CloisterCommand {

    private static final int LONGEST_WAIT = 3600;

    @Option(name = "--yes", description = "Do it; without, only what would go is shown")
    boolean yes;

    @Option(name = "--wait", description = "Seconds to wait until all is gone, 0 to 3600")
    int wait = 120;

    @Reference
    Session session;

    private PurgeReport report;

    @Override
    String text() throws CommandException {
        Seconds.within(wait, LONGEST_WAIT);
        PurgeService purges = getService(PurgeService.class);
        report = yes ? purges.purge(Users.of(session)) : purges.report();
        if (yes) {
            follow(purges);
        }
        return outputJson() ? json(report) : PurgeText.of(report, yes);
    }

    private void follow(PurgeService purges) throws CommandException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(wait);
        String told = "";
        while (!report.done() && System.nanoTime() < end) {
            String left = PurgeText.left(report);
            if (!outputJson() && !left.equals(told)) {
                print("%s", "left: " + left);
                told = left;
            }
            Pauses.second();
            report = purges.report();
        }
    }

    @Override
    void check() throws CommandException {
        if (yes && !report.done()) {
            throw new CommandException("not all is gone; it goes on, cloister:purge shows what is left");
        }
    }
}
