package org.cloister.benchmarks.replay.files;

import org.cloister.benchmarks.replay.ImmutableReplayFabric;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.isolation.config.Field;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A fabric in numbers:
 * <pre>
 * {"name": "laas-11664", "leaves": 324, "hostsPerLeaf": 36, "spines": 36, "linkBitsPerSecond": 100000000000,
 *  "hostsPerNode": 8, "nodeBitsPerSecond": 2400000000000,
 *  "ocs": {"switches": 32, "spinePortsPerSwitch": 2, "moveSeconds": 0.2}}
 * </pre>
 * {@code name} defaults to the file's, {@code hostsPerNode} to 1, {@code nodeBitsPerSecond} to 2.4 Tbit/s, {@code ocs}
 * to none.
 */
final class FabricInNumbers {

    /** Enough for any fabric, and little enough that all hosts can be counted in an int. */
    private static final int MOST_SWITCHES = 16_384;
    /** A replay has some arrays with an entry for each link. */
    private static final int MOST_LINKS = 1 << 22;
    private static final int MOST_HOSTS_PER_LEAF = 4_096;
    private static final double LONGEST_MOVE = 3_600;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private FabricInNumbers() {
    }

    /** Reads one; throws an InvalidFieldException naming the first offending field. */
    static FabricFile read(Field root, String defaultName) {
        root.only("name", "leaves", "hostsPerLeaf", "spines", "linkBitsPerSecond", "hostsPerNode",
                "nodeBitsPerSecond", "ocs");
        Field name = root.at("name");
        int hostsPerLeaf = (int) root.at("hostsPerLeaf").integer(1, MOST_HOSTS_PER_LEAF);
        int leaves = (int) root.at("leaves").integer(1, MOST_SWITCHES);
        int spines = (int) root.at("spines").integer(1, MOST_SWITCHES);
        if ((long) leaves * spines > MOST_LINKS) {
            throw root.at("spines").refuse("makes " + (long) leaves * spines + " links with " + leaves
                    + " leaves; at most " + MOST_LINKS + " are possible");
        }
        ImmutableReplayFabric.Builder fabric = ReplayFabric.builder()
                .name(name.isPresent() ? name.text("a name of the form " + NAME, FabricInNumbers::name) : defaultName)
                .leaves(leaves)
                .hostsPerLeaf(hostsPerLeaf)
                .spines(spines)
                .linkBitsPerSecond(root.at("linkBitsPerSecond").integer(1, Long.MAX_VALUE));
        Field hostsPerNode = root.at("hostsPerNode");
        if (hostsPerNode.isPresent()) {
            int hosts = (int) hostsPerNode.integer(1, hostsPerLeaf);
            if (hostsPerLeaf % hosts != 0) {
                throw hostsPerNode.refuse("does not divide hostsPerLeaf, " + hostsPerLeaf);
            }
            fabric.hostsPerNode(hosts);
        }
        Field nodeBits = root.at("nodeBitsPerSecond");
        if (nodeBits.isPresent()) {
            fabric.nodeBitsPerSecond(nodeBits.integer(1, Long.MAX_VALUE));
        }
        Field ocs = root.at("ocs");
        if (ocs.isPresent()) {
            ocs.only("switches", "spinePortsPerSwitch", "moveSeconds");
            fabric.optics(ReplayFabric.Optics.builder()
                    .switches((int) ocs.at("switches").integer(1, MOST_SWITCHES))
                    .spinePortsPerSwitch((int) ocs.at("spinePortsPerSwitch").integer(1, MOST_SWITCHES))
                    .moveSeconds(ocs.at("moveSeconds").number(0, LONGEST_MOVE)).build());
        }
        return new FabricFile(fabric.build(), List.of());
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
