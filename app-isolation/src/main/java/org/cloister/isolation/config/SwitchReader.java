package org.cloister.isolation.config;

import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.fabric.Switch;
import org.onosproject.net.DeviceId;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code switches}. */
final class SwitchReader {

    /** How ONOS names an OpenFlow switch; it compares in lower case. */
    private static final Pattern DEVICE = Pattern.compile("of:[0-9a-f]{16}");

    private final SortedMap<String, Switch> switches = new TreeMap<>();
    private final Unique devices = new Unique("device");

    SortedMap<String, Switch> read(Field list) {
        list.items().forEach(this::readOne);
        return switches;
    }

    private void readOne(Field field) {
        field.only("name", "device", "role", "hostPorts", "fabricPorts");
        String name = Names.read(field.at("name"));
        if (switches.containsKey(name)) {
            throw field.at("name").refuse("is the name of another switch already");
        }
        DeviceId device = field.at("device").text("an OpenFlow device id, of: and 16 hexadecimal digits in lower case",
                SwitchReader::device);
        devices.add(device, field.at("device"), name);
        SwitchRole role = field.at("role").text("a role; roles are leaf and spine", SwitchReader::role);
        SortedSet<Long> hostPorts = ports(field.at("hostPorts"));
        SortedSet<Long> fabricPorts = ports(field.at("fabricPorts"));
        if (role == SwitchRole.SPINE && !hostPorts.isEmpty()) {
            throw field.at("hostPorts").refuse("cannot be: " + name + " is a spine, hosts are attached to leaves");
        }
        hostPorts.stream().filter(fabricPorts::contains).findFirst().ifPresent(port -> {
            throw field.at("fabricPorts").refuse("holds port " + port + ", which is in hostPorts too");
        });
        switches.put(name, Switch.builder().name(name).device(device).role(role)
                .hostPorts(hostPorts).fabricPorts(fabricPorts).build());
    }

    private static SortedSet<Long> ports(Field field) {
        return field.isPresent() ? field.text("a list of ports like 1-4,7", PortRange::parse) : new TreeSet<>();
    }

    private static DeviceId device(String text) {
        if (!DEVICE.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return DeviceId.deviceId(text);
    }

    private static SwitchRole role(String text) {
        switch (text) {
            case "leaf":
                return SwitchRole.LEAF;
            case "spine":
                return SwitchRole.SPINE;
            default:
                throw new IllegalArgumentException(text);
        }
    }
}
