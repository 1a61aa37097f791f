package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.ImmutablePlacement;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.SliceSpec;

import java.util.List;
import java.util.Optional;

/** A command that takes what is asked of a slice as options, or as a file. */
abstract class SpecCommand extends CloisterCommand {

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

    @Option(name = "--pattern", description = "Who sends together: ring, all-to-all, halving-doubling, any")
    @Completion(PatternCompleter.class)
    String pattern;

    @Option(name = "--lease", description = "Seconds that it lives without being renewed, 60 to 2592000")
    int lease;

    @Option(name = "--file", description = "A file on this node with the JSON body of PUT, instead of the above")
    @Completion(FileCompleter.class)
    String file;

    @Option(name = "--circuits", description = "Let light be moved for it where links lack")
    boolean circuits;

    /** Returns what was typed, or what is in the file. */
    final SliceSpec spec() throws CommandException {
        boolean chooses = place != 0 || nics != 1 || !candidates.isEmpty() || reserve;
        boolean typed = !hosts.isEmpty() || !nodes.isEmpty() || chooses || pattern != null || lease != 0
                || circuits;
        if (typed == (file != null)) {
            throw new CommandException(typed
                    ? "--file says it all; no --host, --node, --place, --pattern, --lease or --circuits beside it"
                    : "say who: --host or --node, once for each member, --place how many, or --file");
        }
        if (chooses && place == 0) {
            throw new CommandException("--nics, --candidate and --reserve say more of --place, which is not there");
        }
        return file != null ? Specs.read(file)
                : Specs.of(hosts, nodes, chooses ? Optional.of(placement()) : Optional.empty(), pattern, lease,
                        circuits ? CircuitPolicy.ALLOW : CircuitPolicy.FORBID);
    }

    private Placement placement() {
        return ImmutablePlacement.builder().hosts(place).nicsPerNode(nics).addAllCandidates(candidates)
                .bind(reserve ? Placement.Bind.LATER : Placement.Bind.NOW).build();
    }
}
