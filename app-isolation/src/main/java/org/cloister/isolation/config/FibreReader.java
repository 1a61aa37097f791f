package org.cloister.isolation.config;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Switch;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code fibres}: by optical switch and port of it, the fabric port at the other end. */
final class FibreReader {

    private final Map<String, Switch> switches;
    private final Unique ends = new Unique("other end of the fibre");

    FibreReader(Map<String, Switch> switches) {
        this.switches = switches;
    }

    SortedMap<String, Map<String, FabricPort>> read(Field field) {
        SortedMap<String, Map<String, FabricPort>> fibres = new TreeMap<>();
        if (field.isPresent()) {
            field.members().forEach((opticalSwitch, ports) -> fibres.put(opticalSwitch, readOne(opticalSwitch, ports)));
        }
        return fibres;
    }

    private SortedMap<String, FabricPort> readOne(String opticalSwitch, Field field) {
        SortedMap<String, FabricPort> fibres = new TreeMap<>();
        field.members().forEach((port, end) -> {
            FabricPort fabricPort = end.text("a port of the form switch/number", FabricPort::of);
            Switch found = switches.get(fabricPort.switchName());
            if (found == null) {
                throw end.refuse("names no switch of switches");
            }
            if (!found.fabricPorts().contains(fabricPort.number())) {
                throw end.refuse("is not a fabric port of " + found.name());
            }
            ends.add(fabricPort, end, opticalSwitch + " port " + port);
            fibres.put(port, fabricPort);
        });
        return fibres;
    }
}
