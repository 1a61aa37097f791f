package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Slices whose figures the theory knows: all-to-all on uneven shares, rails, rings on half-taken fabrics. */
final class Shapes {

    /** Shares of leaves: primes, and those that the theory names. */
    static final int[][] UNEVEN = {
        {4, 3}, {3, 2, 2}, {4, 4, 3}, {3, 3, 3, 2}, {5, 4, 4}, {4, 4, 4, 1}, {6, 6, 5}, {5, 4, 4, 4}, {16, 15},
        {11, 10, 10}, {8, 8, 8, 7}, {7, 6, 6, 6, 6}, {16, 16, 16, 5}, {7, 7, 3}, {12, 4, 8, 8}, {5, 5, 5, 4}
    };

    private Shapes() {
    }

    /** Returns the all-to-all of as many hosts on each leaf as given, in the order of leaves, on a fabric of its own. */
    static Case allToAll(int... shares) {
        FabricDraft draft = new FabricDraft(shares.length, 2 * delta(shares) + 2, 1);
        for (int leaf = 0; leaf < shares.length; leaf++) {
            for (int index = 0; index < shares[leaf]; index++) {
                draft.host(leaf, "node-" + leaf + "-" + index, 0, false);
            }
        }
        return whole(draft, Pattern.of(PatternType.ALL_TO_ALL));
    }

    /** Returns rings along the rails of two pods of 8 rails and 16 nodes, nodes in order. */
    static Case rails() {
        FabricDraft draft = new FabricDraft(16, 16, 1);
        for (int node = 0; node < 32; node++) {
            for (int nic = 0; nic < 8; nic++) {
                draft.host(node / 16 * 8 + nic, String.format("node-%02d", node), nic, false);
            }
        }
        return whole(draft, ImmutablePattern.copyOf(Pattern.of(PatternType.RING)).withPerRail(true));
    }

    /**
     * Returns a ring over 8 leaves, a host on each, below 16 spines of whose links others have half.
     *
     * @param bothDirections whether who has a link has it in both directions
     */
    static Case ringOnHalf(long seed, boolean bothDirections) {
        Draws draws = new Draws(seed);
        FabricDraft draft = new FabricDraft(8, 16, 1);
        for (int leaf = 0; leaf < 8; leaf++) {
            draft.host(leaf, "node-" + leaf, 0, false);
        }
        Fabric fabric = draft.build();
        ImmutableLedger.Builder ledger = ImmutableLedger.builder();
        for (int leaf = 0; leaf < 8; leaf++) {
            for (int spine = 0; spine < 16; spine++) {
                boolean up = draws.percent(50);
                boolean down = bothDirections ? up : draws.percent(50);
                hold(ledger, fabric, draft.up(leaf, spine, 0), up);
                hold(ledger, fabric, draft.down(leaf, spine, 0), down);
            }
        }
        return new Case(seed, fabric, ledger.build(), spec(draft.hosts(), Pattern.of(PatternType.RING)));
    }

    private static void hold(ImmutableLedger.Builder ledger, Fabric fabric, Link link, boolean held) {
        if (held) {
            ledger.putReserved(link, fabric.linkBitsPerSecond()).addExclusive(link);
        }
    }

    /** Returns whether every neighbour in the ring, in either direction, is reached over some spine. */
    static boolean isPossible(Case ring) {
        for (int leaf = 0; leaf < 8; leaf++) {
            int next = (leaf + 1) % 8;
            if (!isJoined(ring, leaf, next) || !isJoined(ring, next, leaf)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isJoined(Case ring, int from, int to) {
        FabricDraft names = new FabricDraft(8, 16, 1);
        return Draws.range(16).stream().anyMatch(spine ->
                ring.isFree(names.up(from, spine, 0)) && ring.isFree(names.down(to, spine, 0)));
    }

    private static Case whole(FabricDraft draft, Pattern pattern) {
        return new Case(0, draft.build(), Ledger.empty(), spec(draft.hosts(), pattern));
    }

    private static SliceSpec spec(List<Host> hosts, Pattern pattern) {
        return SliceSpec.builder().addPatterns(pattern)
                .members(hosts.stream().map(host -> Member.of(host.name())).collect(Collectors.toList())).build();
    }

    /** The most pairs of a step that leave or enter one leaf. */
    static int delta(int... shares) {
        int all = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> Math.min(share, all - share)).max().orElse(0);
    }

    /** What spines suffice for an all-to-all by source alone: cyclic blocks in the order of ranks. */
    static int bySource(int... shares) {
        int all = Arrays.stream(shares).sum();
        int blocks = all / delta(shares);
        return delta(shares) + (all % delta(shares) + blocks - 1) / blocks;
    }

    /** Returns a row of the report: what the theory says, and what was found. */
    static Map<String, Object> row(int[] shares, Optional<Allocation> found) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("shape", Arrays.stream(shares).boxed().collect(Collectors.toList()));
        row.put("members", Arrays.stream(shares).sum());
        row.put("delta", delta(shares));
        row.put("closedForm", bySource(shares));
        row.put("spines", found.map(Shapes::spines).orElse(0));
        row.put("exceptions", found.map(Shapes::exceptions).orElse(0));
        row.put("links", found.map(allocation -> allocation.links().size()).orElse(0));
        row.put("guarantee", found.map(allocation -> allocation.guarantee().name()
                .toLowerCase(Locale.ROOT).replace('_', '-')).orElse("refused"));
        row.put("maxFlowsPerLink", found.map(Allocation::maxFlowsPerLink).orElse(0));
        row.put("optimal", found.map(Allocation::optimal).orElse(false));
        return row;
    }

    static int spines(Allocation allocation) {
        return (int) allocation.links().stream().flatMap(link -> List.of(link.from(), link.to()).stream())
                .filter(port -> port.switchName().startsWith("spine")).map(port -> port.switchName()).distinct().count();
    }

    /** Destinations, and leaves of them, that a source has another way to than its own. */
    static int exceptions(Allocation allocation) {
        return allocation.members().stream().mapToInt(member -> member.detours().size() + member.leafDetours().size())
                .sum();
    }

    /** Returns rows side by side, for a person. */
    static String table(List<Map<String, Object>> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-18s %4s %6s %12s %7s %11s %6s %-10s", "shape", "N", "theory", "by source <=", "spines",
                "exceptions", "links", "guarantee"));
        rows.forEach(row -> lines.add(String.format("%-18s %4s %6s %12s %7s %11s %6s %-10s",
                row.get("shape").toString().replace(" ", ""), row.get("members"), row.get("delta"),
                row.get("closedForm"), row.get("spines"), row.get("exceptions"), row.get("links"),
                row.get("guarantee"))));
        return String.join(System.lineSeparator(), lines);
    }
}
