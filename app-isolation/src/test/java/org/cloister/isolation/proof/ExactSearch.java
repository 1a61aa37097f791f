package org.cloister.isolation.proof;

import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.Switch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is possible in a small fabric, found by search over all ways of all pairs, each over one spine, on directed
 * links: whether a guarantee can be given, with how few spines, and with how few directed links on that many.
 *
 * <p>Asked for is, first, that the pairs of the patterns have ways such that no link carries two flows' worth: those
 * that may be sent at the same time and have no end in common share no link. In lock-step, pairs may be sent at the
 * same time if they are of one step, of one collective without steps, or of two collectives that run concurrently; at
 * any timing, all may. Second, every ordered pair of the slice's leaves has a way, whoever sends; or, where the links
 * asked about do not offer that, every pair of leaves between which a pair of the patterns crosses, in either
 * direction. A way that carries no pattern's pairs may share any link.
 *
 * <p>A set of links is enough or is not, and more links never harm. The fewest are found as a smallest set that holds,
 * of the links outside of each maximal set that is not enough, at least one: whenever such a set proves not to be
 * enough it is extended to a maximal one, which gives the next condition.
 */
final class ExactSearch {

    private static final int MOST_BITS = Integer.SIZE;

    private final Traffic traffic;
    private final int leaves;
    private final int spines;
    private final int free;
    private final int all;
    private final Set<Integer> patternLeafPairs = new HashSet<>();
    private final List<Routability> parts = new ArrayList<>();
    private final Map<Integer, Boolean> answers = new HashMap<>();
    private final Effort effort;
    private boolean everywhere;

    /**
     * Prepares the search.
     *
     * @param anyTiming whether no link may carry two flows' worth at any timing, or in lock-step only
     * @throws IllegalArgumentException if the case has more than 4 leaves and 4 spines, or parallel links
     */
    ExactSearch(Case problem, boolean anyTiming, Effort effort) {
        this(problem, problem.fabric().links(), anyTiming, effort);
    }

    /** Prepares the search over given links, in place of those that are there. */
    ExactSearch(Case problem, Collection<Link> links, boolean anyTiming, Effort effort) {
        this.traffic = problem.traffic();
        this.effort = effort;
        List<String> leafNames = problem.request().members().stream().map(host -> host.port().switchName())
                .distinct().sorted().collect(Collectors.toList());
        List<String> spineNames = problem.fabric().switches().values().stream()
                .filter(each -> each.role() == SwitchRole.SPINE).map(Switch::name).sorted()
                .collect(Collectors.toList());
        this.leaves = leafNames.size();
        this.spines = spineNames.size();
        if (2 * leaves * spines > MOST_BITS) {
            throw new IllegalArgumentException(leaves + " leaves and " + spines + " spines are too many");
        }
        int present = 0;
        int unheld = 0;
        for (Link link : links) {
            int leaf = Math.max(leafNames.indexOf(link.from().switchName()), leafNames.indexOf(link.to().switchName()));
            int spine = Math.max(spineNames.indexOf(link.from().switchName()),
                    spineNames.indexOf(link.to().switchName()));
            if (leaf >= 0) {
                int bit = bit(leaf, spine, leafNames.contains(link.to().switchName()));
                if ((present & bit) != 0) {
                    throw new IllegalArgumentException("a link parallel to " + link);
                }
                present |= bit;
                unheld |= problem.isFree(link) ? bit : 0;
            }
        }
        this.all = present;
        this.free = unheld;
        split(anyTiming);
    }

    private int bit(int leaf, int spine, boolean down) {
        return 1 << ((down ? leaves : 0) + leaf) * spines + spine;
    }

    /** Splits the pairs into parts that have no rivals in each other. */
    private void split(boolean anyTiming) {
        int[] leafOf = traffic.leafNumbers();
        List<Traffic.Collective> collectives = traffic.collectives();
        Map<Integer, List<int[]>> sent = new LinkedHashMap<>();
        for (int index = 0; index < collectives.size(); index++) {
            int collective = index;
            collectives.get(index).each((step, from, to) -> {
                if (traffic.crosses(from, to)) {
                    sent.computeIfAbsent(from * traffic.ranks() + to, pair -> new ArrayList<>())
                            .add(new int[] {collective, step});
                }
            });
        }
        int[] pairs = sent.keySet().stream().mapToInt(Integer::intValue).toArray();
        List<List<int[]>> moments = new ArrayList<>(sent.values());
        BitSet[] rivals = new BitSet[pairs.length];
        for (int one = 0; one < pairs.length; one++) {
            rivals[one] = new BitSet();
            patternLeafPairs.add(leafOf[pairs[one] / traffic.ranks()] * leaves + leafOf[pairs[one] % traffic.ranks()]);
            for (int other = 0; other < one; other++) {
                int[] ends = {pairs[one] / traffic.ranks(), pairs[one] % traffic.ranks(),
                    pairs[other] / traffic.ranks(), pairs[other] % traffic.ranks()};
                boolean meet = leafOf[ends[0]] == leafOf[ends[2]] || leafOf[ends[1]] == leafOf[ends[3]];
                boolean share = ends[0] == ends[2] || ends[1] == ends[3];
                if (meet && !share && (anyTiming || coincide(moments.get(one), moments.get(other)))) {
                    rivals[one].set(other);
                    rivals[other].set(one);
                }
            }
        }
        Set<String> known = new HashSet<>();
        BitSet left = new BitSet();
        left.set(0, pairs.length);
        while (!left.isEmpty()) {
            int[] part = connected(left, rivals);
            Routability routability = part(part, pairs, leafOf, rivals);
            if (known.add(routability.key())) {
                parts.add(routability);
            }
        }
    }

    private boolean coincide(List<int[]> ones, List<int[]> others) {
        for (int[] one : ones) {
            for (int[] other : others) {
                Traffic.Collective first = traffic.collectives().get(one[0]);
                Traffic.Collective second = traffic.collectives().get(other[0]);
                if (one[0] == other[0] ? !first.inSteps() || one[1] == other[1] : traffic.coincide(first, second)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int[] connected(BitSet left, BitSet[] rivals) {
        List<Integer> part = new ArrayList<>();
        part.add(left.nextSetBit(0));
        left.clear(part.get(0));
        for (int index = 0; index < part.size(); index++) {
            rivals[part.get(index)].stream().filter(left::get).forEach(rival -> {
                left.clear(rival);
                part.add(rival);
            });
        }
        return part.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private Routability part(int[] part, int[] pairs, int[] leafOf, BitSet[] rivals) {
        int[] from = new int[part.length];
        int[] to = new int[part.length];
        int[][] within = new int[part.length][];
        Map<Integer, Integer> place = new HashMap<>();
        for (int index = 0; index < part.length; index++) {
            place.put(part[index], index);
            from[index] = leafOf[pairs[part[index]] / traffic.ranks()];
            to[index] = leafOf[pairs[part[index]] % traffic.ranks()];
        }
        for (int index = 0; index < part.length; index++) {
            within[index] = rivals[part[index]].stream().map(place::get).toArray();
        }
        return new Routability(from, to, within);
    }

    /** Returns whether the free links lead from every leaf of the slice to every other. */
    boolean leadsEverywhere() {
        return leadsEverywhere(free);
    }

    /** Returns whether the guarantee can be given on what is free. */
    boolean isPossible() {
        return isPossible(free);
    }

    /** Returns whether the guarantee could be given if nobody else had a slice. */
    boolean isPossibleAlone() {
        return isPossible(all);
    }

    /** Returns whether nobody else holds a link between leaves of the slice and a spine. */
    boolean isAlone() {
        return free == all;
    }

    private boolean isPossible(int links) {
        everywhere = leadsEverywhere(links);
        answers.clear();
        return isEnough(links);
    }

    /**
     * Returns the fewest spines, and the fewest directed links on so many, that the guarantee can be given with on
     * what is free; empty if it cannot.
     */
    Optional<Optimum> optimum() {
        if (!isPossible(free)) {
            return Optional.empty();
        }
        for (int count = 0; count <= spines; count++) {
            int fewest = Integer.MAX_VALUE;
            Set<String> seen = new HashSet<>();
            for (int chosen = 0; chosen < 1 << spines; chosen++) {
                int links = free & columns(chosen);
                if (Integer.bitCount(chosen) == count && seen.add(shape(chosen)) && isEnough(links)) {
                    fewest = Math.min(fewest, fewestLinks(links, fewest));
                }
            }
            if (fewest < Integer.MAX_VALUE) {
                return Optional.of(new Optimum(count, fewest));
            }
        }
        throw new IllegalStateException("all spines are not enough, but all links are");
    }

    /** Sets of spines of the same shape differ in names only. */
    private String shape(int chosen) {
        List<Integer> columns = new ArrayList<>();
        for (int spine = 0; spine < spines; spine++) {
            if ((chosen >>> spine & 1) != 0) {
                columns.add((free & columns(1 << spine)) >>> spine);
            }
        }
        return columns.stream().sorted().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private int columns(int chosen) {
        int links = 0;
        for (int row = 0; row < 2 * leaves; row++) {
            links |= chosen << row * spines;
        }
        return links;
    }

    private int fewestLinks(int available, int below) {
        Cuts cuts = new Cuts();
        for (int leaf = 0; leaf < leaves; leaf++) {
            int at = leaf;
            int row = ((1 << spines) - 1) << leaf * spines;
            int reached = everywhere && leaves > 1 ? 1 : 0;
            cuts.add(available & row, Math.max(reached,
                    parts.stream().mapToInt(part -> part.clique(at, true)).max().orElse(0)));
            cuts.add(available & row << leaves * spines, Math.max(reached,
                    parts.stream().mapToInt(part -> part.clique(at, false)).max().orElse(0)));
        }
        List<int[]> swaps = swaps(available);
        while (true) {
            int links = cuts.smallest(below, effort);
            if (isEnough(links)) {
                return Integer.bitCount(links);
            }
            if (links == 0 && below < Integer.MAX_VALUE && cuts.smallest(Integer.MAX_VALUE, effort) != 0) {
                return below;
            }
            int blocked = links;
            for (int rest = available & ~links; rest != 0; rest &= rest - 1) {
                int link = rest & -rest;
                blocked |= isEnough(blocked | link) ? 0 : link;
            }
            addWithTwins(cuts, available & ~blocked, swaps);
        }
    }

    /** Spines that differ in names only, two at a time. */
    private List<int[]> swaps(int available) {
        List<int[]> swaps = new ArrayList<>();
        for (int one = 0; one < spines; one++) {
            for (int other = 0; other < one; other++) {
                if ((available & columns(1 << one)) >>> one == (available & columns(1 << other)) >>> other) {
                    swaps.add(new int[] {one, other});
                }
            }
        }
        return swaps;
    }

    private void addWithTwins(Cuts cuts, int cut, List<int[]> swaps) {
        Set<Integer> twins = new HashSet<>(Set.of(cut));
        List<Integer> open = new ArrayList<>(twins);
        for (int index = 0; index < open.size(); index++) {
            for (int[] swap : swaps) {
                int one = open.get(index) & columns(1 << swap[0]);
                int other = open.get(index) & columns(1 << swap[1]);
                int twin = open.get(index) & ~one & ~other | one >>> swap[0] << swap[1] | other >>> swap[1] << swap[0];
                if (twins.add(twin)) {
                    open.add(twin);
                }
            }
        }
        open.forEach(each -> cuts.add(each, 1));
    }

    private boolean isEnough(int links) {
        return answers.computeIfAbsent(links, this::decide);
    }

    private boolean decide(int links) {
        int[] up = new int[leaves];
        int[] down = new int[leaves];
        rows(links, up, down);
        for (int from = 0; from < leaves; from++) {
            for (int to = 0; to < leaves; to++) {
                boolean needed = everywhere ? from != to : patternLeafPairs.contains(from * leaves + to)
                        || patternLeafPairs.contains(to * leaves + from);
                if (needed && (up[from] & down[to]) == 0) {
                    return false;
                }
            }
        }
        return parts.stream().allMatch(part -> part.over(up, down, effort));
    }

    private void rows(int links, int[] up, int[] down) {
        for (int leaf = 0; leaf < leaves; leaf++) {
            up[leaf] = links >>> leaf * spines & (1 << spines) - 1;
            down[leaf] = links >>> (leaves + leaf) * spines & (1 << spines) - 1;
        }
    }

    private boolean leadsEverywhere(int links) {
        int[] up = new int[leaves];
        int[] down = new int[leaves];
        rows(links, up, down);
        for (int from = 0; from < leaves; from++) {
            for (int to = 0; to < leaves; to++) {
                if (from != to && (up[from] & down[to]) == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How little is enough. */
    static final class Optimum {
        private final int spines;
        private final int links;

        Optimum(int spines, int links) {
            this.spines = spines;
            this.links = links;
        }

        int spines() {
            return spines;
        }

        int links() {
            return links;
        }

        @Override
        public String toString() {
            return spines + " spines, " + links + " links";
        }
    }
}
