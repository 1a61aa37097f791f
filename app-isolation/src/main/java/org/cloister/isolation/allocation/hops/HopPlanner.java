package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.allocation.colouring.Colourings;
import org.cloister.isolation.allocation.contention.LinkBound;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.spines.ExceptionRules;
import org.cloister.isolation.allocation.spines.FreeLinks;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Allocation.Reach;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Plans of spines hop by hop: for a demand that finds no spines in common, and to save links, or spines, of one that
 * does. Only for demands whose ranks keep step; what any pairs may send has no steps to spread.
 */
public final class HopPlanner {

    /** In choices looked at: some 10 ms. */
    private static final long EFFORT = 1_000_000;
    private static final int FLOWS_MAX = 2_000;
    private static final long PAIRS_MAX = 300_000;
    private static final long PAIRS_TO_COMPARE = 20_000;

    private final Demand demand;
    private final MinimumLinks minimum;
    private final FreeLinks free;
    private final ExceptionRules rules;
    private final Flows flows;
    private final BitSet[] up;
    private final BitSet[] down;

    /**
     * Creates a planner.
     *
     * @param minimum the links that the demand cannot do without
     * @param free the links to plan with
     * @param rules says whether leaves have room for what a plan takes
     */
    public HopPlanner(Demand demand, MinimumLinks minimum, FreeLinks free, ExceptionRules rules) {
        this.demand = demand;
        this.minimum = minimum;
        this.free = free;
        this.rules = rules;
        boolean small = Flows.countToLeaves(demand) <= FLOWS_MAX;
        this.flows = small ? Flows.toLeaves(demand) : null;
        int leaves = demand.attachments().leaves().size();
        this.up = new BitSet[leaves];
        this.down = new BitSet[leaves];
        Arrays.setAll(up, free::spinesUp);
        Arrays.setAll(down, free::spinesDown);
    }

    /**
     * Returns whether it is known that there is nothing to be found: a leaf has fewer free links than the busiest moment
     * fills, or some pair of a pattern has no way at all.
     */
    public boolean isHopeless() {
        int leaves = up.length;
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (minimum.out(leaf) > up[leaf].cardinality() || minimum.in(leaf) > down[leaf].cardinality()) {
                return true;
            }
        }
        return isWayMissing();
    }

    /** Returns whether some pair of a pattern has no way at all, in either direction. */
    public boolean isWayMissing() {
        int leaves = up.length;
        BitSet[] crossings = demand.crossings();
        for (int rank = 0; rank < crossings.length; rank++) {
            int from = demand.attachments().leaf(rank);
            for (int leaf = 0; leaf < leaves; leaf++) {
                if (crossings[rank].intersects(demand.attachments().on(leaf))
                        && (!up[from].intersects(down[leaf]) || !up[leaf].intersects(down[from]))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns a plan that is safe in lock-step at least: one in which all members reach each other if the free links
     * lead from every leaf to every other, else one for the pairs of the patterns.
     */
    public Optional<SpinePlan> plan() {
        if (flows == null || demand.isUnordered() || isHopeless()) {
            return Optional.empty();
        }
        LeafPairs all = LeafPairs.all(up.length);
        LeafPairs pairs = all.areMet(up, down) ? all : LeafPairs.of(flows, up.length);
        Optional<Hops> inStep = search(pairs).find(flows.rivalsInStep());
        if (inStep.isEmpty()) {
            return pairByPair(pairs); // who meets in step meets at any time
        }
        Optional<Hops> atAnyTime = search(pairs).find(flows.rivalsAtAnyTime());
        Optional<Hops> best = atAnyTime.isPresent() && inStep.get().isBelow(atAnyTime.get())
                ? inStep : atAnyTime.or(() -> inStep);
        return best.map(hops -> HopWays.plan(hops, demand.attachments(), free, pairs.reach()))
                .filter(rules::permit);
    }

    /** Returns a plan in which all members reach each other, and flows may meet. */
    public Optional<SpinePlan> isolated() {
        if (flows == null) {
            return Optional.empty();
        }
        BitSet[] nobody = new BitSet[flows.size()];
        Arrays.setAll(nobody, flow -> new BitSet());
        return search(LeafPairs.all(up.length)).find(nobody)
                .map(hops -> HopWays.plan(hops, demand.attachments(), free, Reach.ALL)).filter(rules::permit);
    }

    private Optional<SpinePlan> pairByPair(LeafPairs pairs) {
        Flows single = Flows.toRanks(demand);
        if (single.size() > FLOWS_MAX) {
            return Optional.empty();
        }
        return search(single, pairs, minimum.largest()).find(single.rivalsInStep())
                .map(hops -> HopWays.plan(hops, demand.attachments(), free, pairs.reach())).filter(rules::permit);
    }

    /**
     * Returns a plan over as few common spines as the busiest step fills, with ways of their own for single pairs; of
     * several source colours to start from, those that leave fewest pairs with another.
     *
     * @return empty if too few spines are common, or pairs recur, or it would take too many rules
     */
    public Optional<SpinePlan> withExceptions(Colourings colourings) {
        int count = minimum.largest();
        BitSet common = new BitSet();
        common.set(0, free.spines().size());
        for (int leaf = 0; leaf < up.length; leaf++) {
            common.and(up[leaf]);
            common.and(down[leaf]);
        }
        if (count == 0 || common.cardinality() < count || demand.mixes() || demand.pairs() > PAIRS_MAX) {
            return Optional.empty();
        }
        int[] spines = common.stream().limit(count).toArray();
        Flows single = Flows.toRanks(demand);
        int[] best = null;
        int fewest = Integer.MAX_VALUE;
        List<int[]> forms = colourings.forms(count);
        for (int[] own : demand.pairs() > PAIRS_TO_COMPARE ? forms.subList(1, 2) : forms) {
            Optional<int[]> found = StepColouring.of(demand, single, own, count);
            int exceptions = found.map(colours -> exceptions(single, own, colours)).orElse(Integer.MAX_VALUE);
            if (exceptions < fewest) {
                fewest = exceptions;
                best = found.get();
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        BitSet[] heldUp = new BitSet[up.length];
        BitSet[] heldDown = new BitSet[up.length];
        Arrays.setAll(heldUp, leaf -> new BitSet());
        Arrays.setAll(heldDown, leaf -> new BitSet());
        int[] spineOf = new int[best.length];
        for (int flow = 0; flow < spineOf.length; flow++) {
            spineOf[flow] = spines[best[flow]];
            heldUp[single.fromLeaf(flow)].set(spineOf[flow]);
            heldDown[single.toLeaf(flow)].set(spineOf[flow]);
        }
        LeafPairs pairs = LeafPairs.all(up.length);
        if (!pairs.areMet(heldUp, heldDown)) {
            return Optional.empty();
        }
        return Optional.of(HopWays.plan(new Hops(single, spineOf, heldUp, heldDown), demand.attachments(), free,
                Reach.ALL)).filter(rules::permit);
    }

    private static int exceptions(Flows single, int[] own, int[] colours) {
        int exceptions = 0;
        for (int flow = 0; flow < colours.length; flow++) {
            exceptions += colours[flow] != own[single.source(flow)] ? 1 : 0;
        }
        return exceptions;
    }

    /** Returns a plan with fewer spines, or as many and fewer links, that guarantees as much; else the given one. */
    public SpinePlan fewer(SpinePlan plan, int fewestSpines) {
        LeafPairs pairs = LeafPairs.all(up.length);
        int links = plan.links().size();
        if (flows == null || demand.isUnordered() || plan.hasDetours()
                || links <= new LinkBound(minimum, up.length, Reach.ALL).links() && plan.spines() <= fewestSpines) {
            return plan;
        }
        int[] spineOf = new int[flows.size()];
        Arrays.setAll(spineOf, flow -> plan.spine(flows.source(flow), flows.toLeaf(flow)));
        BitSet[] rivals = flows.rivalsAtAnyTime();
        if (meet(rivals, spineOf)) {
            rivals = flows.rivalsInStep();
        }
        if (meet(rivals, spineOf)) {
            return plan;
        }
        Hops start = new Hops(flows, spineOf, plan.up(), plan.down());
        Hops found = search(flows, pairs, fewestSpines).fewer(rivals, start);
        return found == start ? plan : Optional.of(HopWays.plan(found, demand.attachments(), free, Reach.ALL))
                .filter(rules::permit).orElse(plan);
    }

    private static boolean meet(BitSet[] rivals, int[] spineOf) {
        for (int flow = 0; flow < spineOf.length; flow++) {
            for (int rival = rivals[flow].nextSetBit(0); rival >= 0; rival = rivals[flow].nextSetBit(rival + 1)) {
                if (spineOf[flow] == spineOf[rival]) {
                    return true;
                }
            }
        }
        return false;
    }

    private HopSearch search(LeafPairs pairs) {
        return search(flows, pairs, Math.max(pairs.reach() == Reach.ALL ? 1 : 0, minimum.largest()));
    }

    private HopSearch search(Flows pieces, LeafPairs pairs, int fewestSpines) {
        return new HopSearch(pieces, pairs, up, down, free.spines().size(), fewestSpines,
                new LinkBound(minimum, up.length, pairs.reach()).links(), EFFORT);
    }
}
