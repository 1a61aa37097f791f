package org.cloister.isolation.config;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Switch;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.MacAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code hosts}. */
final class HostReader {

    private static final List<Ip4Prefix> NO_HOSTS = List.of(Ip4Prefix.valueOf("0.0.0.0/8"),
            Ip4Prefix.valueOf("127.0.0.0/8"), Ip4Prefix.valueOf("224.0.0.0/4"), Ip4Prefix.valueOf("240.0.0.0/4"));

    private final Map<String, Switch> switches;
    private final SortedMap<String, Host> hosts = new TreeMap<>();
    private final Unique ports = new Unique("port");
    private final Unique macs = new Unique("MAC address");
    private final Unique addresses = new Unique("IPv4 address");
    private final Unique nics = new Unique("NIC index");

    HostReader(Map<String, Switch> switches) {
        this.switches = switches;
    }

    SortedMap<String, Host> read(Field list) {
        list.items().forEach(this::readOne);
        return hosts;
    }

    private void readOne(Field field) {
        field.only("name", "node", "nic", "port", "mac", "ipv4");
        String name = Names.read(field.at("name"));
        if (hosts.containsKey(name)) {
            throw field.at("name").refuse("is the name of another host already");
        }
        String node = Names.read(field.at("node"));
        int nic = (int) field.at("nic").integer(0, Integer.MAX_VALUE);
        nics.add(List.of(node, nic), field.at("nic"), name);
        FabricPort port = port(field.at("port"));
        ports.add(port, field.at("port"), name);
        MacAddress mac = field.at("mac").text("the MAC address of one host", HostReader::mac);
        macs.add(mac, field.at("mac"), name);
        hosts.put(name, Host.builder().name(name).node(node).nic(nic).port(port).mac(mac)
                .ipv4(ipv4(field.at("ipv4"), name)).build());
    }

    private FabricPort port(Field field) {
        FabricPort port = field.text("a port of the form switch/number", FabricPort::of);
        Switch leaf = switches.get(port.switchName());
        if (leaf == null) {
            throw field.refuse("names no switch of switches");
        }
        if (!leaf.hostPorts().contains(port.number())) {
            throw field.refuse("is not a host port of " + leaf.name());
        }
        return port;
    }

    private List<Ip4Address> ipv4(Field field, String name) {
        List<Ip4Address> found = new ArrayList<>();
        for (Field item : field.items()) {
            Ip4Address address = item.text("the IPv4 address of one host", HostReader::address);
            addresses.add(address, item, name);
            found.add(address);
        }
        if (found.isEmpty()) {
            throw field.refuse("is empty; a host has at least one address");
        }
        return found;
    }

    private static MacAddress mac(String text) {
        MacAddress mac = MacAddress.valueOf(text);
        // isMulticast leaves broadcast out
        if (mac.isMulticast() || mac.isBroadcast() || mac.equals(MacAddress.ZERO)) {
            throw new IllegalArgumentException(text);
        }
        return mac;
    }

    private static Ip4Address address(String text) {
        Ip4Address address = Ip4Address.valueOf(text);
        if (NO_HOSTS.stream().anyMatch(prefix -> prefix.contains(address))) {
            throw new IllegalArgumentException(text);
        }
        return address;
    }
}
