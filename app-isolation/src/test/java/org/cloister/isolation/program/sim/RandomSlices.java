package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.ImmutableHost;
import org.cloister.isolation.fabric.Link;
import org.onlab.packet.Ip4Address;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Allocations that an allocator might make, and others that it would not: any disjoint sets of links in which each
 * spine used reaches every leaf, or most; any choice of uplinks among them.
 */
public final class RandomSlices {

    private static final int MOST_TRIES = 1000;

    private final Random random;
    private final Fabric fabric;
    private final Set<Link> free;
    private int nextTag;

    private RandomSlices(Fabric fabric, Random random) {
        this.fabric = fabric;
        this.random = random;
        this.free = new TreeSet<>(fabric.links());
        this.nextTag = 1 + random.nextInt(4000);
    }

    /** Returns slices of random hosts; some hosts are in none, some wishes find no links and come to nothing. */
    public static Scenario over(Fabric fabric, int wishes, Random random) {
        RandomSlices slices = new RandomSlices(fabric, random);
        List<Host> hosts = new ArrayList<>(fabric.hosts().values());
        Collections.shuffle(hosts, random);
        List<Allocation> found = new ArrayList<>();
        for (int wish = 0; wish < wishes && hosts.size() >= 2; wish++) {
            int size = 2 + random.nextInt(Math.min(5, hosts.size() - 1));
            List<Host> members = hosts.subList(0, size);
            slices.allocate(members).ifPresent(found::add);
            hosts = new ArrayList<>(hosts.subList(size, hosts.size()));
        }
        return new Scenario(fabric, found);
    }

    /** Returns slices of the given hosts, each list one slice, in which all reach all. */
    public static Scenario of(Fabric fabric, List<List<String>> hosts, Random random) {
        return Stream.generate(() -> new RandomSlices(fabric, random).allocateAll(hosts))
                .limit(MOST_TRIES).filter(found -> found.slices().size() == hosts.size())
                .filter(found -> found.slices().stream().allMatch(slice -> slice.reach() == Reach.ALL))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("too few links for " + hosts));
    }

    private Scenario allocateAll(List<List<String>> hosts) {
        return new Scenario(fabric, hosts.stream()
                .map(names -> allocate(names.stream().map(fabric.hosts()::get).collect(Collectors.toList())))
                .flatMap(Optional::stream).collect(Collectors.toList()));
    }

    /** Returns the fabric with other addresses: scattered over the leaves, some hosts with several. */
    public static Fabric scattered(Fabric fabric, Random random) {
        // few bits, so that prefixes collide
        List<Integer> addresses = random.ints(0, 64).distinct().limit(2L * fabric.hosts().size()).boxed()
                .collect(Collectors.toList());
        ImmutableFabric.Builder changed = Fabric.builder().from(fabric).hosts(Map.of());
        fabric.hosts().forEach((name, host) -> {
            int count = 1 + random.nextInt(2);
            List<Ip4Address> own = addresses.subList(0, count).stream()
                    .map(low -> Ip4Address.valueOf((10 << 24) + low)).collect(Collectors.toList());
            addresses.subList(0, count).clear();
            changed.putHosts(name, ImmutableHost.builder().from(host).ipv4(own).build());
        });
        return changed.build();
    }

    private Optional<Allocation> allocate(List<Host> hosts) {
        Set<String> leaves = hosts.stream().map(host -> host.port().switchName())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Set<Link>> bySpine = leaves.size() == 1 ? Map.of() : spines(leaves);
        if (leaves.size() > 1 && bySpine.isEmpty()) {
            return Optional.empty();
        }
        Set<Link> links = bySpine.values().stream().flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        free.removeAll(links);
        if (random.nextInt(3) == 0) {
            links.removeIf(link -> link.from().switchName().startsWith("spine") && random.nextInt(4) == 0);
        }
        List<AllocatedMember> members = new ArrayList<>();
        for (Host host : hosts) {
            Optional<FabricPort> uplink = anyUplink(host, links);
            members.add(AllocatedMember.builder().rank(members.size()).host(host.name()).node(host.node())
                    .nic(host.nic()).ipv4(host.ipv4().stream().map(Object::toString).collect(Collectors.toList()))
                    .mac(host.mac().toString()).leaf(host.port().switchName()).port(host.port())
                    .uplink(uplink).arpUplink(anyUplink(host, links))
                    .leafDetours(leafDetours(host, leaves, uplink, links))
                    .detours(detours(host, hosts, links)).build());
        }
        ImmutableAllocation found = ImmutableAllocation.copyOf(Allocation.builder().tag(nextTag++).guarantee(Guarantee.ISOLATED).maxFlowsPerLink(1)
                .optimal(false).members(members)
                .links(links.stream().map(link -> ReservedLink.of(link.from(), link.to(), 1))
                        .collect(Collectors.toList()))
                .build());
        return Optional.of(found.withReach(reachesAll(found) ? Reach.ALL : Reach.PATTERNS));
    }

    private static boolean reachesAll(Allocation slice) {
        return slice.members().stream().allMatch(from -> slice.members().stream().allMatch(to -> from == to
                || Expected.leads(slice, from, to, false) && Expected.leads(slice, from, to, true)));
    }

    /** Returns free links to and from all the leaves, for some of the spines that have them. */
    private Map<String, Set<Link>> spines(Set<String> leaves) {
        Map<String, Set<Link>> found = new TreeMap<>();
        List<String> spines = free.stream().map(link -> link.to().switchName())
                .filter(name -> name.startsWith("spine")).distinct().collect(Collectors.toList());
        Collections.shuffle(spines, random);
        for (String spine : spines) {
            Set<Link> links = new LinkedHashSet<>();
            for (String leaf : leaves) {
                links.addAll(some(free(leaf, spine)));
                links.addAll(some(free(spine, leaf)));
            }
            boolean complete = leaves.stream().allMatch(leaf ->
                    links.stream().anyMatch(link -> link.from().switchName().equals(leaf))
                            && links.stream().anyMatch(link -> link.to().switchName().equals(leaf)));
            if (complete && (found.isEmpty() || random.nextInt(3) == 0)) {
                found.put(spine, links);
            }
        }
        return found;
    }

    private List<Link> free(String from, String to) {
        return free.stream().filter(link -> link.from().switchName().equals(from)
                && link.to().switchName().equals(to)).collect(Collectors.toList());
    }

    private List<Link> some(List<Link> links) {
        Collections.shuffle(links, random);
        return links.isEmpty() ? links : links.subList(0, 1 + random.nextInt(links.size()));
    }

    /** Another way to a leaf that the own uplink does not lead to, if there is one; now and then to others, too. */
    private List<LeafDetour> leafDetours(Host host, Set<String> leaves, Optional<FabricPort> uplink,
                                         Set<Link> links) {
        List<LeafDetour> detours = new ArrayList<>();
        for (String leaf : leaves) {
            List<FabricPort> leading = links.stream().filter(up -> up.from().switchName()
                            .equals(host.port().switchName()) && leads(up, leaf, links))
                    .map(Link::from).collect(Collectors.toList());
            boolean needed = uplink.filter(leading::contains).isEmpty();
            if (!leaf.equals(host.port().switchName()) && !leading.isEmpty() && (needed || random.nextInt(4) == 0)) {
                detours.add(LeafDetour.of(leaf, leading.get(random.nextInt(leading.size()))));
            }
        }
        return detours;
    }

    private static boolean leads(Link up, String leaf, Set<Link> links) {
        return links.stream().anyMatch(down -> down.from().switchName().equals(up.to().switchName())
                && down.to().switchName().equals(leaf));
    }

    /** Now and then another way to a member of another leaf. */
    private List<Detour> detours(Host host, List<Host> hosts, Set<Link> links) {
        List<Detour> detours = new ArrayList<>();
        for (int rank = 0; rank < hosts.size(); rank++) {
            if (!hosts.get(rank).port().switchName().equals(host.port().switchName()) && random.nextInt(4) == 0) {
                detours.add(Detour.of(rank, anyUplink(host, links).orElseThrow()));
            }
        }
        return detours;
    }

    private Optional<FabricPort> anyUplink(Host host, Set<Link> links) {
        List<FabricPort> uplinks = links.stream().map(Link::from)
                .filter(port -> port.switchName().equals(host.port().switchName())).collect(Collectors.toList());
        return uplinks.isEmpty() ? Optional.empty() : Optional.of(uplinks.get(random.nextInt(uplinks.size())));
    }
}
