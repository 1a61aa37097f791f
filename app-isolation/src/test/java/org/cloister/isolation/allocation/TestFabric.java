package org.cloister.isolation.allocation;

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
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A leaf-spine fabric to test on. Leaf i's port 100 + 10 s + p is joined to port 1 + 10 i + p of spine s, p counting
 * parallel links from 0.
 */
public final class TestFabric {

    private final int leaves;
    private final int spines;
    private final int parallel;
    private final List<Host> hosts = new ArrayList<>();
    private final Map<Integer, Long> portsTaken = new HashMap<>();
    private final SortedSet<Link> broken = new TreeSet<>();
    private int firstTag = 100;
    private int lastTag = 3999;
    private long linkBitsPerSecond = 100_000_000_000L;

    private TestFabric(int leaves, int spines, int parallel) {
        this.leaves = leaves;
        this.spines = spines;
        this.parallel = parallel;
    }

    /** Returns a fabric without hosts. */
    public static TestFabric of(int leaves, int spines) {
        return new TestFabric(leaves, spines, 1);
    }

    /** Returns a fabric without hosts whose leaves have several links to each spine. */
    public static TestFabric withParallelLinks(int leaves, int spines, int parallel) {
        return new TestFabric(leaves, spines, parallel);
    }

    /** Adds as many hosts, each a node of its own, to every leaf: {@code h-leaf-index}. */
    public TestFabric hostsPerLeaf(int count) {
        for (int leaf = 0; leaf < leaves; leaf++) {
            for (int index = 0; index < count; index++) {
                host("h-" + leaf + "-" + index, "n-" + leaf + "-" + index, 0, leaf);
            }
        }
        return this;
    }

    /** Adds hosts, each a node of its own: as many as given to each leaf in turn. */
    public TestFabric shape(int... hostsByLeaf) {
        for (int leaf = 0; leaf < hostsByLeaf.length; leaf++) {
            for (int index = 0; index < hostsByLeaf[leaf]; index++) {
                host("h-" + leaf + "-" + index, "n-" + leaf + "-" + index, 0, leaf);
            }
        }
        return this;
    }

    /** Adds a host. */
    public TestFabric host(String name, String node, int nic, int leaf) {
        int number = hosts.size() + 1;
        long port = portsTaken.merge(leaf, 1L, Long::sum);
        hosts.add(Host.builder().name(name).node(node).nic(nic).port(FabricPort.of(leaf(leaf), port))
                .mac(MacAddress.valueOf(0x020000000000L + number))
                .addIpv4(Ip4Address.valueOf(0x0a000000 + number)).build());
        return this;
    }

    /** Limits the tags. */
    public TestFabric tags(int first, int last) {
        firstTag = first;
        lastTag = last;
        return this;
    }

    /** Sets what links and ports carry, bit/s; 100 Gbit/s by default. */
    public TestFabric linkBitsPerSecond(long rate) {
        linkBitsPerSecond = rate;
        return this;
    }

    /** Takes a link away. */
    public TestFabric broken(Link link) {
        broken.add(link);
        return this;
    }

    /** Returns the hosts in the order in which they were added. */
    public List<Host> hosts() {
        return List.copyOf(hosts);
    }

    /** Returns a leaf's name. */
    public static String leaf(int leaf) {
        return String.format("leaf-%03d", leaf);
    }

    /** Returns a spine's name. */
    public static String spine(int spine) {
        return String.format("spine-%03d", spine);
    }

    /** Returns a link from a leaf. */
    public static Link up(int leaf, int spine) {
        return up(leaf, spine, 0);
    }

    /** Returns a link to a leaf. */
    public static Link down(int leaf, int spine) {
        return down(leaf, spine, 0);
    }

    private static Link up(int leaf, int spine, int parallel) {
        return Link.of(FabricPort.of(leaf(leaf), 100 + 10 * spine + parallel),
                FabricPort.of(spine(spine), 1 + 10 * leaf + parallel));
    }

    private static Link down(int leaf, int spine, int parallel) {
        Link up = up(leaf, spine, parallel);
        return Link.of(up.to(), up.from());
    }

    /** Returns the snapshot. */
    public Fabric build() {
        ImmutableFabric.Builder builder = Fabric.builder().enforce(true).firstTag(firstTag).lastTag(lastTag)
                .linkBitsPerSecond(linkBitsPerSecond);
        for (int leaf = 0; leaf < leaves; leaf++) {
            builder.putSwitches(leaf(leaf), device(leaf(leaf), 0x1000 + leaf, SwitchRole.LEAF));
        }
        for (int spine = 0; spine < spines; spine++) {
            builder.putSwitches(spine(spine), device(spine(spine), 0x2000 + spine, SwitchRole.SPINE));
        }
        hosts.forEach(host -> builder.putHosts(host.name(), host));
        SortedSet<Link> links = new TreeSet<>();
        for (int leaf = 0; leaf < leaves; leaf++) {
            for (int spine = 0; spine < spines; spine++) {
                for (int index = 0; index < parallel; index++) {
                    links.add(up(leaf, spine, index));
                    links.add(down(leaf, spine, index));
                }
            }
        }
        links.removeAll(broken);
        return builder.links(links).build();
    }

    private static Switch device(String name, int id, SwitchRole role) {
        return Switch.builder().name(name).device(DeviceId.deviceId(String.format("of:%016x", id))).role(role).build();
    }
}
