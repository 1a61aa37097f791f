package org.cloister.isolation.allocation.hosts;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Pattern.RankOrder;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which leaves to take hosts of, by their free links: shapes in order of preference, and what refusals teach. */
final class LeafShapes {

    private final PreferredShapes preferred;
    private final Fabric fabric;
    private final SliceSpec spec;
    private final Occupancy occupancy;

    LeafShapes(PreferredShapes preferred, Fabric fabric, Ledger ledger, SliceSpec spec) {
        this.preferred = preferred;
        this.fabric = fabric;
        this.spec = spec;
        this.occupancy = Occupancy.of(fabric, asFarAsConcerned(fabric, ledger, spec));
    }

    /** A link with enough left for a member's rate is as good as free to a slice that shares links. */
    private static Ledger asFarAsConcerned(Fabric fabric, Ledger ledger, SliceSpec spec) {
        OptionalLong rate = spec.bandwidth().limitBitsPerSecond();
        if (rate.isEmpty()) {
            return ledger;
        }
        SortedMap<Link, Long> reserved = new TreeMap<>(ledger.reserved());
        reserved.entrySet().removeIf(each -> !ledger.exclusive().contains(each.getKey())
                && fabric.linkBitsPerSecond() - each.getValue() >= rate.getAsLong());
        return ImmutableLedger.copyOf(ledger).withReserved(reserved);
    }

    /**
     * Returns how many hosts to take of each leaf, the preferred shape first.
     *
     * @param hosts how many can be chosen on each leaf
     */
    Iterator<Map<String, Integer>> shapes(SortedMap<String, Integer> hosts, int wanted) {
        Occupancy candidates = occupancy.copy();
        for (int leaf = 0; leaf < candidates.leaves(); leaf++) {
            int most = Math.min(candidates.freeHosts(leaf), hosts.getOrDefault(fabric.index().leaf(leaf), 0));
            candidates.withhold(leaf, candidates.freeHosts(leaf) - most);
        }
        Iterator<Footprint> shapes = candidates.freeHosts() < wanted ? Collections.emptyIterator()
                : preferred.candidates(candidates, wanted, need());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return shapes.hasNext();
            }

            @Override
            public Map<String, Integer> next() {
                return byName(shapes.next());
            }
        };
    }

    private Map<String, Integer> byName(Footprint footprint) {
        Map<String, Integer> byLeaf = new TreeMap<>();
        for (int place = 0; place < footprint.size(); place++) {
            byLeaf.put(fabric.index().leaf(footprint.leaf(place)), footprint.hosts(place));
        }
        return byLeaf;
    }

    /** Ranks are dealt out leaf by leaf, so that of each ring one pair leaves a leaf and one enters it. */
    private LinkNeed need() {
        List<Pattern> patterns = spec.patterns();
        boolean rings = !patterns.isEmpty() && patterns.stream().allMatch(pattern -> !pattern.perRail()
                && pattern.type().equals(PatternType.RING.toString()) && pattern.rankOrder() == RankOrder.GIVEN);
        if (spec.bandwidth().limitBitsPerSecond().isPresent()) {
            return LinkNeed.atMost(1);
        }
        return !rings ? LinkNeed.hose()
                : LinkNeed.atMost(patterns.stream().mapToInt(pattern -> Math.max(1, pattern.groups().size())).sum());
    }

    /**
     * Learns from a refusal: the leaf that it names takes fewer hosts from now on; if it names none, the one that has
     * least in common with the others takes none.
     *
     * @param caps how many hosts can be chosen on a leaf; changed
     */
    void learn(Problem refusal, List<Host> hosts, Map<String, Integer> caps) {
        SortedMap<String, Integer> taken = new TreeMap<>();
        hosts.forEach(host -> taken.merge(host.port().switchName(), 1, Integer::sum));
        Optional<Problem.Shortage> shortage = refusal.shortage();
        Optional<String> leaf = shortage.flatMap(missing -> named(missing.at(), taken));
        if (leaf.isPresent()) {
            boolean links = shortage.get().kind().endsWith("links");
            int fewer = taken.get(leaf.get()) - 1;
            caps.merge(leaf.get(), links ? (int) Math.min(fewer, shortage.get().free()) : fewer, Math::min);
        } else if (!taken.isEmpty()) {
            caps.put(loneliest(taken), 0);
        }
    }

    /** Returns the leaf that a place is, or that a link comes from or goes to. */
    private static Optional<String> named(String at, SortedMap<String, Integer> taken) {
        return Arrays.stream(at.split("[^A-Za-z0-9._/-]+")).map(word -> word.replaceFirst("/.*", ""))
                .filter(taken::containsKey).findFirst();
    }

    private String loneliest(SortedMap<String, Integer> taken) {
        String loneliest = taken.lastKey();
        int least = Integer.MAX_VALUE;
        for (String name : taken.keySet()) {
            int leaf = fabric.index().leafNumber(name);
            int free = Math.min(Masks.count(occupancy.up(leaf)), Masks.count(occupancy.down(leaf)));
            if (free < least) {
                least = free;
                loneliest = name;
            }
        }
        return loneliest;
    }
}
