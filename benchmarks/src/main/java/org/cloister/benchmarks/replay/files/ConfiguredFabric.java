package org.cloister.benchmarks.replay.files;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.benchmarks.replay.ImmutableReplayFabric;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.fabric.FabricSettings;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Switch;
import org.onosproject.net.config.InvalidFieldException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The fabric that Cloister is configured for, as far as a replay can be of it: equally many hosts on each leaf, and each
 * leaf linked equally with each spine. The configuration does not tell how spines are cabled; ONOS finds that out. So
 * each leaf's fabric ports are taken to be shared out evenly among the spines.
 */
final class ConfiguredFabric {

    /** For one optical switch of MEMS mirrors; a replay may be told another. */
    private static final double MOVE_SECONDS = 0.2;

    private final FabricSettings settings;
    private final JsonNode document;
    private final List<Switch> leaves;
    private final List<Switch> spines;
    private final List<String> notes = new ArrayList<>();

    ConfiguredFabric(FabricSettings settings, JsonNode document) {
        this.settings = settings;
        this.document = document;
        this.leaves = switches(SwitchRole.LEAF);
        this.spines = switches(SwitchRole.SPINE);
    }

    /** Returns it; throws an InvalidFieldException at the first switch that is not like the others. */
    FabricFile fabric(String name) {
        if (leaves.isEmpty() || spines.isEmpty()) {
            throw new InvalidFieldException("/switches", "a replay needs a leaf and a spine at least; here are "
                    + leaves.size() + " leaves and " + spines.size() + " spines");
        }
        ImmutableReplayFabric.Builder fabric = ReplayFabric.builder().name(name).leaves(leaves.size())
                .hostsPerLeaf(hostsPerLeaf()).hostsPerNode(hostsPerNode())
                .linkBitsPerSecond(settings.linkBitsPerSecond());
        if (settings.fibres().isEmpty()) {
            fabric.spines(spines.size() * parallelLinks());
        } else {
            OpticalWiring wiring = new OpticalWiring(settings, leaves, spines);
            fabric.spines(spines.size()).optics(ReplayFabric.Optics.builder().switches(settings.fibres().size())
                    .spinePortsPerSwitch(wiring.spinePortsPerSwitch()).moveSeconds(MOVE_SECONDS).build());
            notes.add("a move of circuits is taken to last " + MOVE_SECONDS + " s; --circuit-delay says otherwise");
        }
        return new FabricFile(fabric.build(), notes);
    }

    private int hostsPerLeaf() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        leaves.forEach(leaf -> counts.put(leaf.name(), 0));
        settings.hosts().values().forEach(host -> counts.merge(host.port().switchName(), 1, Integer::sum));
        String first = leaves.get(0).name();
        for (Switch leaf : leaves) {
            int hosts = counts.get(leaf.name());
            if (hosts == 0 || hosts != counts.get(first)) {
                throw refuse(leaf, "has " + hosts + " hosts" + (leaf.name().equals(first) ? ""
                        : ", " + first + " has " + counts.get(first))
                        + "; a replay needs equally many on each leaf, at least one");
            }
        }
        return counts.get(first);
    }

    /** Members of one server reach each other without the fabric; all NICs of one must be on one leaf for that. */
    private int hostsPerNode() {
        Map<String, List<Host>> nodes = settings.hosts().values().stream()
                .collect(Collectors.groupingBy(Host::node, TreeMap::new, Collectors.toList()));
        int nics = nodes.values().iterator().next().size();
        boolean alike = nodes.values().stream().allMatch(hosts -> hosts.size() == nics
                && hosts.stream().map(host -> host.port().switchName()).distinct().count() == 1);
        if (!alike) {
            notes.add("nodes have unequally many NICs, or NICs on several leaves: each NIC counts as a node of its own");
        }
        return alike ? nics : 1;
    }

    private int parallelLinks() {
        int uplinks = leaves.get(0).fabricPorts().size();
        for (Switch leaf : leaves) {
            int ports = leaf.fabricPorts().size();
            if (ports != uplinks) {
                throw refuse(leaf, "has " + ports + " fabric ports, " + leaves.get(0).name() + " has " + uplinks
                        + "; a replay needs equally many on each leaf");
            }
            if (ports == 0 || ports % spines.size() != 0) {
                throw refuse(leaf, "has " + ports + " fabric ports, which cannot be shared out evenly among "
                        + spines.size() + " spines");
            }
        }
        int parallel = uplinks / spines.size();
        for (Switch spine : spines) {
            if (spine.fabricPorts().size() < leaves.size() * parallel) {
                throw refuse(spine, "has " + spine.fabricPorts().size() + " fabric ports, fewer than " + parallel
                        + " for each of " + leaves.size() + " leaves");
            }
        }
        if (parallel > 1) {
            notes.add("each spine with " + parallel + " links to each leaf counts as " + parallel + " spines");
        }
        return parallel;
    }

    private InvalidFieldException refuse(Switch at, String reason) {
        JsonNode list = document.path("switches");
        int index = 0;
        while (!at.name().equals(list.path(index).path("name").textValue())) {
            index++;
        }
        return new InvalidFieldException("/switches/" + index, at.name() + " " + reason);
    }

    private List<Switch> switches(SwitchRole role) {
        return settings.switches().values().stream().filter(each -> each.role() == role)
                .collect(Collectors.toList());
    }
}
