package org.cloister.benchmarks.replay.files;

import org.cloister.isolation.fabric.FabricSettings;
import org.cloister.isolation.fabric.Switch;
import org.onosproject.net.config.InvalidFieldException;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How leaves and spines are joined by fibres with optical switches, if they are as in OCS-vClos: one uplink of each leaf
 * ends at each optical switch, and equally many ports of each spine.
 */
final class OpticalWiring {

    private final int spinePortsPerSwitch;

    OpticalWiring(FabricSettings settings, List<Switch> leaves, List<Switch> spines) {
        int expected = -1;
        for (String opticalSwitch : settings.fibres().keySet()) {
            Map<String, Long> fibres = settings.fibres().get(opticalSwitch).values().stream()
                    .collect(Collectors.groupingBy(end -> end.switchName(), Collectors.counting()));
            for (Switch leaf : leaves) {
                if (fibres.getOrDefault(leaf.name(), 0L) != 1) {
                    throw refuse(opticalSwitch, fibres.getOrDefault(leaf.name(), 0L) + " fibres from " + leaf.name()
                            + "; a replay needs one from each leaf");
                }
            }
            for (Switch spine : spines) {
                int ports = fibres.getOrDefault(spine.name(), 0L).intValue();
                expected = expected < 0 ? ports : expected;
                if (ports != expected || ports == 0) {
                    throw refuse(opticalSwitch, ports + " fibres from " + spine.name() + (ports == 0 ? ""
                            : ", other spines " + expected) + "; a replay needs equally many from each spine");
                }
            }
        }
        this.spinePortsPerSwitch = expected;
        for (Switch leaf : leaves) {
            if (leaf.fabricPorts().size() != settings.fibres().size()) {
                throw new InvalidFieldException("/fibres", leaf.name() + " has " + leaf.fabricPorts().size()
                        + " fabric ports; a replay needs one for each of " + settings.fibres().size()
                        + " optical switches, and no others");
            }
        }
    }

    int spinePortsPerSwitch() {
        return spinePortsPerSwitch;
    }

    private static InvalidFieldException refuse(String opticalSwitch, String reason) {
        return new InvalidFieldException("/fibres/" + opticalSwitch, "has " + reason);
    }
}
