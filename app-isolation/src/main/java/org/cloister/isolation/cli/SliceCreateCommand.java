package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;

import java.util.List;

/** Asks for a slice, as {@code PUT /slices/ID} does. */
@Service
@Command(scope = "cloister", name = "slice-create",
        description = "Asks for a slice, or for a change of one; prints it as it is then")
public class SliceCreateCommand extends CloisterCommand {

    private static final int LONGEST_WAIT = 600;

    @Argument(index = 0, name = "id", description = "Name of the slice", required = true)
    @Completion(SliceIdCompleter.class)
    String id;

    @Argument(index = 1, name = "options", description = "Options may stand before the name or behind it",
            multiValued = true)
    List<String> more = List.of();

    @Option(name = "--host", description = "A host, one NIC; repeat it in rank order", multiValued = true)
    @Completion(HostNameCompleter.class)
    List<String> hosts = List.of();

    @Option(name = "--node", description = "A server with all of its NICs; repeat it in rank order", multiValued = true)
    @Completion(NodeNameCompleter.class)
    List<String> nodes = List.of();

    @Option(name = "--pattern", description = "Who sends together: ring, all-to-all, halving-doubling, any")
    @Completion(PatternCompleter.class)
    String pattern;

    @Option(name = "--lease", description = "Seconds that it lives without being renewed, 60 to 2592000")
    int lease;

    @Option(name = "--file", description = "A file on this node with the JSON body of PUT, instead of the above")
    @Completion(FileCompleter.class)
    String file;

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
        Waits.seconds(wait, LONGEST_WAIT);
        SliceId wanted = Ids.of(id);
        SliceSpec spec = spec();
        SliceAdminService slices = getService(SliceAdminService.class);
        String whose = owner != null ? owner
                : slices.slice(wanted).map(Slice::owner).orElseGet(() -> Users.of(session));
        made = Waits.await(slices.put(wanted, spec, whose), Waits.DECISION_SECONDS,
                "slice " + id + " was not decided on").slice();
        if (wait > 0) {
            made = Waits.await(slices.whenSettled(wanted), wait, "slice " + id + " was not settled");
        }
        return outputJson() ? json(made) : SliceReport.of(made);
    }

    private SliceSpec spec() throws CommandException {
        boolean typed = !hosts.isEmpty() || !nodes.isEmpty() || pattern != null || lease != 0;
        if (typed == (file != null)) {
            throw new CommandException(typed ? "--file says it all; no --host, --node, --pattern or --lease beside it"
                    : "say who: --host or --node, once for each member, or --file");
        }
        return file == null ? Specs.of(hosts, nodes, pattern, lease) : Specs.read(file);
    }

    @Override
    void check() throws CommandException {
        if (made.state() == SliceState.FAILED) {
            throw new CommandException("slice " + id + " is FAILED; its conditions say why");
        }
    }
}
