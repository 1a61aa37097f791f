package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.Switch;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Makes whole fabrics: {@code leaf-1…}, {@code spine-1…}, hosts {@code gpu-1-1…} by leaf and port. A leaf's ports
 * are its hosts', then its links' to spine-1, spine-2 and so on; a spine's are its links' to leaf-1 and so on.
 */
public final class LeafSpine {

    private static final long LINK_BITS_PER_SECOND = 100_000_000_000L;

    private LeafSpine() {
    }

    /** Returns a fabric whose hosts have one address each, 10.0.leaf.port. */
    public static Fabric of(int leaves, int spines, int hostsPerLeaf) {
        return of(leaves, spines, hostsPerLeaf, 1,
                (leaf, host) -> List.of(Ip4Address.valueOf((10 << 24) + (leaf << 8) + host)));
    }

    /**
     * Returns a fabric.
     *
     * @param parallel links between each leaf and each spine
     * @param addresses from a leaf's and a host's number, from 1, to the host's addresses
     */
    public static Fabric of(int leaves, int spines, int hostsPerLeaf, int parallel,
                            BiFunction<Integer, Integer, List<Ip4Address>> addresses) {
        ImmutableFabric.Builder fabric = Fabric.builder().enforce(true).firstTag(100).lastTag(3999)
                .linkBitsPerSecond(LINK_BITS_PER_SECOND);
        for (int leaf = 1; leaf <= leaves; leaf++) {
            add(fabric, Switch.builder().name("leaf-" + leaf).device(device(0x1000 + leaf)).role(SwitchRole.LEAF)
                    .hostPorts(ports(1, hostsPerLeaf)).fabricPorts(ports(hostsPerLeaf + 1, spines * parallel))
                    .build());
            for (int host = 1; host <= hostsPerLeaf; host++) {
                String name = "gpu-" + leaf + "-" + host;
                fabric.putHosts(name, Host.builder().name(name).node(name).nic(0)
                        .port(FabricPort.of("leaf-" + leaf, host))
                        .mac(MacAddress.valueOf(0x0200_0000_0000L + (leaf << 16) + host))
                        .addAllIpv4(addresses.apply(leaf, host)).build());
            }
        }
        for (int spine = 1; spine <= spines; spine++) {
            add(fabric, Switch.builder().name("spine-" + spine).device(device(0x2000 + spine)).role(SwitchRole.SPINE)
                    .fabricPorts(ports(1, leaves * parallel)).build());
            for (int leaf = 1; leaf <= leaves; leaf++) {
                for (int link = 1; link <= parallel; link++) {
                    FabricPort up = FabricPort.of("leaf-" + leaf, hostsPerLeaf + (spine - 1) * parallel + link);
                    FabricPort down = FabricPort.of("spine-" + spine, (leaf - 1) * parallel + link);
                    fabric.addLinks(Link.of(up, down), Link.of(down, up));
                }
            }
        }
        return fabric.build();
    }

    private static void add(ImmutableFabric.Builder fabric, Switch added) {
        fabric.putSwitches(added.name(), added).addAvailableDevices(added.device());
    }

    private static List<Long> ports(int first, int count) {
        return LongStream.range(first, first + count).boxed().collect(Collectors.toList());
    }

    private static DeviceId device(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number));
    }
}
