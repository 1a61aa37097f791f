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
import org.cloister.isolation.api.ImmutablePlacement;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.shell.Seconds;
import org.cloister.shell.Trailing;

import java.util.List;
import java.util.Optional;

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

    @Option(name = "--place", description = "So many hosts, which Cloister chooses, instead of --host and --node")
    int place;

    @Option(name = "--nics", description = "With --place: how many NICs of each node, by default 1")
    int nics = 1;

    @Option(name = "--candidate", description = "With --place: a node to choose among, all by default; repeat it",
            multiValued = true)
    @Completion(NodeNameCompleter.class)
    List<String> candidates = List.of();

    @Option(name = "--reserve", description = "With --place: hold capacity; hosts are named later, by the same command")
    boolean reserve;

    @Option(name = "--dry-run", description = "Show what it would get, and ask for nothing")
    boolean dryRun;

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

    private SliceSpec spec() throws CommandException {
        boolean chooses = place != 0 || nics != 1 || !candidates.isEmpty() || reserve;
        boolean typed = !hosts.isEmpty() || !nodes.isEmpty() || chooses || pattern != null || lease != 0;
        if (typed == (file != null)) {
            throw new CommandException(typed
                    ? "--file says it all; no --host, --node, --place, --pattern or --lease beside it"
                    : "say who: --host or --node, once for each member, --place how many, or --file");
        }
        if (chooses && place == 0) {
            throw new CommandException("--nics, --candidate and --reserve say more of --place, which is not there");
        }
        return file != null ? Specs.read(file)
                : Specs.of(hosts, nodes, chooses ? Optional.of(placement()) : Optional.empty(), pattern, lease);
    }

    private Placement placement() {
        return ImmutablePlacement.builder().hosts(place).nicsPerNode(nics).addAllCandidates(candidates)
                .bind(reserve ? Placement.Bind.LATER : Placement.Bind.NOW).build();
    }

    @Override
    void check() throws CommandException {
        if (made.state() == SliceState.FAILED) {
            throw new CommandException("slice " + id + " is FAILED; its conditions say why");
        }
    }
}
