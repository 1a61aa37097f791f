package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.ImmutableMember;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Questions small enough to be searched through: up to 4 leaves, 4 spines and 4 hosts on each leaf. */
final class SmallCases {

    private static final int MOST = 4;

    private SmallCases() {
    }

    /** Returns the question of a seed. */
    static Case of(long seed) {
        Draws draws = new Draws(seed);
        int leaves = draws.percent(5) ? 1 : draws.between(2, MOST);
        int spines = draws.between(1, MOST);
        FabricDraft draft = new FabricDraft(leaves, spines, 1);
        hosts(draft, leaves, draws);
        int broken = draws.percent(25) ? draws.between(1, 15) : 0;
        draft.links().stream().filter(link -> draws.percent(broken)).forEach(draft::without);
        Fabric fabric = draft.build();
        List<Host> members = members(draft.hosts(), draws);
        Ledger ledger = ledger(fabric, draws.one(0, 0, 15, 30, 45, 60), draws);
        List<Member> named = new ArrayList<>();
        for (int rank = 0; rank < members.size(); rank++) {
            named.add(ImmutableMember.builder().host(members.get(rank).name())
                    .role(PatternDraws.isServer(rank) ? Role.PARAMETER_SERVER : Role.WORKER).build());
        }
        return new Case(seed, fabric, ledger, SliceSpec.builder().members(named)
                .patterns(new PatternDraws(members, draws, Long.MAX_VALUE).draw()).build());
    }

    /** Nodes of one NIC, of two on a leaf, or of one on each leaf: rails. */
    private static void hosts(FabricDraft draft, int leaves, Draws draws) {
        int layout = draws.below(5);
        int nodes = draws.between(leaves > 1 ? 1 : 2, MOST);
        for (int index = 0; index < nodes; index++) {
            for (int leaf = 0; leaf < leaves; leaf++) {
                String node = layout == 4 ? "node-" + index
                        : "node-" + leaf + "-" + (layout == 3 ? index / 2 : index);
                draft.host(leaf, node, layout == 4 ? leaf : layout == 3 ? index % 2 : 0, false);
            }
        }
    }

    private static List<Host> members(List<Host> hosts, Draws draws) {
        int share = draws.one(100, 75, 50);
        List<Host> members = new ArrayList<>();
        hosts.stream().filter(host -> draws.percent(share)).forEach(members::add);
        while (members.size() < 2) {
            draws.shuffled(hosts).stream().filter(host -> !members.contains(host)).findFirst().ifPresent(members::add);
        }
        int order = draws.below(4);
        if (order == 0) {
            return draws.shuffled(members);
        }
        if (order > 1) { // leaf by leaf; else dealt out over the leaves in turn
            members.sort(Comparator.comparing(Host::port));
        }
        return members;
    }

    /** Others hold links, whole or in part, and a host. */
    private static Ledger ledger(Fabric fabric, int density, Draws draws) {
        ImmutableLedger.Builder ledger = ImmutableLedger.builder().addTags(100).putHosts("elsewhere", SliceId.of("one"));
        for (Link link : fabric.links()) {
            if (draws.percent(density)) {
                if (draws.percent(50)) {
                    ledger.putReserved(link, fabric.linkBitsPerSecond()).addExclusive(link);
                } else {
                    ledger.putReserved(link, 1 + draws.below(1_000_000));
                }
            }
        }
        return ledger.build();
    }
}
