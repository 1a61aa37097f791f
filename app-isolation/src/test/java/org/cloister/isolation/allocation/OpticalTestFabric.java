package org.cloister.isolation.allocation;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Fibres;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.ImmutableCircuit;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.Switch;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A fabric of which all links are light. Leaf i's port 100 + k is at port {@code l-i} of optical switch {@code ocs-k};
 * spine s's port 1 + k at its port {@code s-s}. A link is there where a circuit is.
 */
public final class OpticalTestFabric {

    private final int leaves;
    private final int hostsPerLeaf;
    private final int spines;
    private final int switches;
    private final SortedSet<Circuit> circuits = new TreeSet<>();
    private final List<String> managed = new ArrayList<>();
    private final SortedMap<String, SortedMap<String, String>> unusable = new TreeMap<>();

    /** Creates a fabric without light. */
    public OpticalTestFabric(int leaves, int hostsPerLeaf, int spines, int switches) {
        this.leaves = leaves;
        this.hostsPerLeaf = hostsPerLeaf;
        this.spines = spines;
        this.switches = switches;
        for (int at = 0; at < switches; at++) {
            managed.add("ocs-" + at);
        }
    }

    /** Lets an optical switch be one that is not told to move light. */
    public OpticalTestFabric unmanaged(String opticalSwitch) {
        managed.remove(opticalSwitch);
        return this;
    }

    /** Adds a circuit, such as {@code l-0} to {@code s-1} of switch 2. */
    public OpticalTestFabric joined(int at, String one, String other) {
        circuits.add(Circuit.of("ocs-" + at, one, other));
        return this;
    }

    /** Adds a circuit of ours that carries no light, perhaps to a port without a fibre to the fabric. */
    public OpticalTestFabric failed(int at, String one, String other) {
        circuits.add(ImmutableCircuit.copyOf(Circuit.of("ocs-" + at, one, other)).withState("FAILED"));
        return this;
    }

    /** Lets no circuit be planned over a port of an optical switch. */
    public OpticalTestFabric unusable(int at, String port) {
        unusable.computeIfAbsent("ocs-" + at, name -> new TreeMap<>()).put(port, "broken");
        return this;
    }

    /** Adds a circuit that somebody else made, perhaps to a port without a fibre to the fabric. */
    public OpticalTestFabric foreign(int at, String one, String other) {
        circuits.add(ImmutableCircuit.builder().from(Circuit.of("ocs-" + at, one, other)).foreign(true).build());
        return this;
    }

    /** Returns the hosts of a leaf, in order. */
    public static List<Host> hosts(Fabric fabric, int leaf, int count) {
        return fabric.index().hosts(leaf).subList(0, count);
    }

    /** Returns the snapshot. */
    public Fabric build() {
        ImmutableFabric.Builder builder = Fabric.builder().enforce(true).firstTag(100).lastTag(200)
                .linkBitsPerSecond(100_000_000_000L);
        SortedMap<String, SortedMap<String, FabricPort>> fibres = new TreeMap<>();
        for (int at = 0; at < switches; at++) {
            fibres.put("ocs-" + at, new TreeMap<>());
        }
        int number = 1;
        for (int leaf = 0; leaf < leaves; leaf++) {
            Switch device = device("leaf-" + leaf, 0x1000 + leaf, SwitchRole.LEAF, hostsPerLeaf, 100);
            builder.putSwitches(device.name(), device).addAvailableDevices(device.device());
            for (int at = 0; at < switches; at++) {
                fibres.get("ocs-" + at).put("l-" + leaf, FabricPort.of(device.name(), 100 + at));
            }
            for (int host = 0; host < hostsPerLeaf; host++, number++) {
                String name = "h-" + leaf + "-" + host;
                builder.putHosts(name, Host.builder().name(name).node(name).nic(0)
                        .port(FabricPort.of(device.name(), 1 + host)).mac(MacAddress.valueOf(0x020000000000L + number))
                        .addIpv4(Ip4Address.valueOf(0x0a000000 + number)).build());
            }
        }
        for (int spine = 0; spine < spines; spine++) {
            Switch device = device("spine-" + spine, 0x2000 + spine, SwitchRole.SPINE, 0, 1);
            builder.putSwitches(device.name(), device).addAvailableDevices(device.device());
            for (int at = 0; at < switches; at++) {
                fibres.get("ocs-" + at).put("s-" + spine, FabricPort.of(device.name(), 1 + at));
            }
        }
        return builder.fibres(Map.copyOf(fibres)).links(links(Fibres.of(fibres))).circuits(circuits)
                .opticalSwitches(managed).unusableOpticalPorts(unusable).build();
    }

    private SortedSet<Link> links(Fibres fibres) {
        SortedSet<Link> links = new TreeSet<>();
        for (Circuit circuit : circuits) {
            if (!circuit.connected()) {
                continue;
            }
            fibres.end(circuit.opticalSwitch(), circuit.one()).ifPresent(one ->
                    fibres.end(circuit.opticalSwitch(), circuit.other()).ifPresent(other -> {
                        links.add(Link.of(one, other));
                        links.add(Link.of(other, one));
                    }));
        }
        return links;
    }

    private Switch device(String name, int id, SwitchRole role, int hostPorts, int firstFabricPort) {
        return Switch.builder().name(name).device(DeviceId.deviceId(String.format("of:%016x", id))).role(role)
                .hostPorts(ports(1, hostPorts)).fabricPorts(ports(firstFabricPort, switches)).build();
    }

    private static List<Long> ports(int first, int count) {
        return LongStream.range(first, (long) first + count).boxed().collect(Collectors.toList());
    }
}
