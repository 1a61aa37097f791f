package org.cloister.isolation.proof;

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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A leaf-spine fabric being drawn. A leaf's ports are its hosts', from 1, then from {@value #FIRST_UPLINK} on those to
 * spine 0, spine 1 and so on; a spine's are those to leaf 0, leaf 1 and so on, from 1.
 */
final class FabricDraft {

    static final int FIRST_UPLINK = 1001;
    static final long LINK_BITS_PER_SECOND = 100_000_000_000L;

    private final int leaves;
    private final int spines;
    private final int parallel;
    private final List<Host> hosts = new ArrayList<>();
    private final Map<Integer, Integer> onLeaf = new HashMap<>();
    private final Set<Link> missing = new LinkedHashSet<>();

    FabricDraft(int leaves, int spines, int parallel) {
        this.leaves = leaves;
        this.spines = spines;
        this.parallel = parallel;
    }

    static String leaf(int leaf) {
        return String.format("leaf-%02d", leaf);
    }

    static String spine(int spine) {
        return String.format("spine-%02d", spine);
    }

    /** Returns a link from a leaf. */
    Link up(int leaf, int spine, int strand) {
        return Link.of(FabricPort.of(leaf(leaf), FIRST_UPLINK + (long) spine * parallel + strand),
                FabricPort.of(spine(spine), 1 + (long) leaf * parallel + strand));
    }

    /** Returns a link to a leaf. */
    Link down(int leaf, int spine, int strand) {
        Link up = up(leaf, spine, strand);
        return Link.of(up.to(), up.from());
    }

    /** Adds a host with one or two addresses to a leaf and returns its name. */
    String host(int leaf, String node, int nic, boolean twoAddresses) {
        int number = onLeaf.merge(leaf, 1, Integer::sum);
        String name = String.format("gpu-%02d-%02d", leaf, number);
        int low = (10 << 24) + (leaf << 16) + number;
        hosts.add(Host.builder().name(name).node(node).nic(nic).port(FabricPort.of(leaf(leaf), number))
                .mac(MacAddress.valueOf(0x0200_0000_0000L + (leaf << 16) + number))
                .addIpv4(Ip4Address.valueOf(low))
                .addAllIpv4(twoAddresses ? List.of(Ip4Address.valueOf(low + (200 << 16))) : List.of()).build());
        return name;
    }

    /** Takes a directed link away. */
    void without(Link link) {
        missing.add(link);
    }

    /** Returns all links, missing ones included, sorted. */
    List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (int leaf = 0; leaf < leaves; leaf++) {
            for (int spine = 0; spine < spines; spine++) {
                for (int strand = 0; strand < parallel; strand++) {
                    links.add(up(leaf, spine, strand));
                    links.add(down(leaf, spine, strand));
                }
            }
        }
        return links;
    }

    /** Returns the hosts in the order of their addition. */
    List<Host> hosts() {
        return hosts;
    }

    Fabric build() {
        ImmutableFabric.Builder fabric = Fabric.builder().enforce(true).firstTag(100).lastTag(3999)
                .linkBitsPerSecond(LINK_BITS_PER_SECOND);
        for (int leaf = 0; leaf < leaves; leaf++) {
            add(fabric, Switch.builder().name(leaf(leaf)).device(device(0x1000 + leaf)).role(SwitchRole.LEAF)
                    .hostPorts(ports(1, onLeaf.getOrDefault(leaf, 0)))
                    .fabricPorts(ports(FIRST_UPLINK, spines * parallel)).build());
        }
        for (int spine = 0; spine < spines; spine++) {
            add(fabric, Switch.builder().name(spine(spine)).device(device(0x2000 + spine)).role(SwitchRole.SPINE)
                    .fabricPorts(ports(1, leaves * parallel)).build());
        }
        hosts.forEach(host -> fabric.putHosts(host.name(), host));
        links().stream().filter(link -> !missing.contains(link)).forEach(fabric::addLinks);
        return fabric.build();
    }

    private static void add(ImmutableFabric.Builder fabric, Switch added) {
        fabric.putSwitches(added.name(), added).addAvailableDevices(added.device());
    }

    private static List<Long> ports(int first, int count) {
        return LongStream.range(first, (long) first + count).boxed().collect(Collectors.toList());
    }

    private static DeviceId device(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number));
    }
}
