package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.ImmutableBandwidth;
import org.cloister.isolation.api.ImmutableMember;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Questions of any size: 2 to 4,096 members, evenly distributed by logarithm, on up to 64 leaves of up to 64 hosts
 * below up to 64 spines; nodes with one NIC, several on a leaf or one on each of several leaves; parallel and missing
 * links; others that hold links whole or in part.
 */
final class RandomCases {

    /** Leaves, spines, and hosts on a leaf, at most. */
    static final int MOST = 64;
    private static final long MOST_PAIRS = 1 << 24;
    private static final long GIGABIT = 1_000_000_000;

    private final long seed;
    private final Draws draws;
    private final int size;

    private RandomCases(long seed, int least) {
        this.seed = seed;
        this.draws = new Draws(seed);
        this.size = draws.logBetween(least, MOST * MOST);
    }

    /** Returns the question of a seed. */
    static Case of(long seed) {
        return new RandomCases(seed, 2).draw();
    }

    /** Returns the question of a seed, of more than 1,024 members. */
    static Case large(long seed) {
        return new RandomCases(seed, 1025).draw();
    }

    private Case draw() {
        int perLeaf = draws.logBetween((size + MOST - 1) / MOST, MOST);
        int leaves = draws.logBetween(Math.max(2, (size + perLeaf - 1) / perLeaf), MOST);
        int spines = draws.percent(60) ? draws.between(Math.min(perLeaf, MOST), Math.min(2 * perLeaf, MOST))
                : draws.logBetween(1, MOST);
        FabricDraft draft = new FabricDraft(leaves, spines, draws.percent(10) ? draws.between(2, 3) : 1);
        int layout = draws.below(6);
        hosts(draft, leaves, perLeaf, layout);
        int broken = draws.percent(70) ? 0 : draws.one(1, 3, 10);
        draft.links().stream().filter(link -> draws.percent(broken)).forEach(draft::without);
        Fabric fabric = draft.build();
        List<Host> members = ordered(layout == 5 ? wholeNodes(draft.hosts()) : members(draft.hosts(), leaves, perLeaf));
        List<Member> named = new ArrayList<>();
        for (int rank = 0; rank < members.size(); rank++) {
            named.add(ImmutableMember.builder().host(members.get(rank).name())
                    .role(PatternDraws.isServer(rank) ? Role.PARAMETER_SERVER : Role.WORKER).build());
        }
        return new Case(seed, fabric, ledger(fabric), SliceSpec.builder().members(named).bandwidth(bandwidth())
                .patterns(new PatternDraws(members, draws, MOST_PAIRS).draw()).build());
    }

    /** Nodes of one NIC, of several on a leaf, or of one on each leaf of a pod: rails. */
    private void hosts(FabricDraft draft, int leaves, int perLeaf, int layout) {
        int nics = draws.one(2, 4, 8);
        for (int leaf = 0; leaf < leaves; leaf++) {
            for (int index = 0; index < perLeaf; index++) {
                String node = layout == 5 ? "node-" + leaf / nics + "-" + index
                        : "node-" + leaf + "-" + (layout == 4 ? index / nics : index);
                draft.host(leaf, node, layout == 5 ? leaf % nics : layout == 4 ? index % nics : 0,
                        draws.percent(1));
            }
        }
    }

    private List<Host> wholeNodes(List<Host> hosts) {
        Map<String, List<Host>> byNode = hosts.stream().collect(Collectors.groupingBy(Host::node, TreeMap::new,
                Collectors.toList()));
        List<String> nodes = draws.percent(50) ? new ArrayList<>(byNode.keySet())
                : draws.shuffled(new ArrayList<>(byNode.keySet()));
        List<Host> members = new ArrayList<>();
        for (String node : nodes) {
            if (members.size() < size) {
                members.addAll(byNode.get(node));
            }
        }
        return members;
    }

    /** Leaf by leaf, or wherever, or in uneven shares. */
    private List<Host> members(List<Host> hosts, int leaves, int perLeaf) {
        int kind = draws.below(4);
        if (kind == 0) {
            return hosts.subList(0, size);
        }
        if (kind == 1) {
            return draws.shuffled(hosts).subList(0, size);
        }
        int used = draws.between(Math.max(1, (size + perLeaf - 1) / perLeaf), Math.min(leaves, size));
        int[] shares = new int[leaves];
        for (int left = size, leaf = 0; left > 0; leaf = (leaf + 1) % used) {
            int room = Math.min(left, perLeaf - shares[leaf]);
            int more = kind == 2 ? Math.min(room, (size + used - 1) / used) : room == 0 ? 0 : draws.between(0, room);
            shares[leaf] += more;
            left -= more;
        }
        int[] taken = new int[leaves];
        return hosts.stream().filter(host -> {
            int leaf = Integer.parseInt(host.port().switchName().substring("leaf-".length()));
            return taken[leaf]++ < shares[leaf];
        }).collect(Collectors.toList());
    }

    private List<Host> ordered(List<Host> members) {
        List<Host> ordered = new ArrayList<>(members);
        if (draws.percent(25)) {
            return draws.shuffled(ordered);
        }
        ordered.sort(draws.percent(50) ? Comparator.comparing(Host::port)
                : Comparator.comparing(Host::node).thenComparing(Host::nic));
        return ordered;
    }

    private Bandwidth bandwidth() {
        return draws.percent(80) ? Bandwidth.exclusive() : ImmutableBandwidth.builder().mode(Bandwidth.Mode.SHARED)
                .guaranteedBitsPerSecond(OptionalLong.of(draws.one(1, 2, 5, 12) * GIGABIT / draws.one(1, 4, 32)))
                .build();
    }

    /** Others hold links one by one, or all of some spines; whole or in part. */
    private Ledger ledger(Fabric fabric) {
        ImmutableLedger.Builder ledger = ImmutableLedger.builder().addTags(100, 102);
        int density = draws.one(0, 0, 10, 25, 50);
        boolean wholeSpines = draws.percent(40);
        boolean parts = draws.percent(50);
        Set<String> spines = fabric.switches().keySet().stream()
                .filter(name -> name.startsWith("spine") && draws.percent(density)).collect(Collectors.toSet());
        for (Link link : fabric.links()) {
            boolean held = wholeSpines
                    ? spines.contains(link.from().switchName()) || spines.contains(link.to().switchName())
                    : draws.percent(density);
            if (held && parts && draws.percent(70)) {
                ledger.putReserved(link, draws.between(1, 99) * fabric.linkBitsPerSecond() / 100);
            } else if (held) {
                ledger.putReserved(link, fabric.linkBitsPerSecond()).addExclusive(link);
            }
        }
        return ledger.build();
    }
}
