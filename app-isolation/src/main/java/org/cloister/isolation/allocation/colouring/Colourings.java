package org.cloister.isolation.allocation.colouring;

import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.allocation.traffic.Steps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Finds colours for the members of a slice: few of them first; among equally many, those that are safe at any timing;
 * then the simplest. Tried for each number of colours k: the index among the leaf's sources; a source's place in rank
 * order and in leaf order, mod k; blocks of at most k in rank order and in leaf order, which is the closed form for
 * all-to-all where k does not divide the ranks; then {@link Saturation}, then {@link TabuSearch}. The searches are
 * bounded by counts, not by time, so that the answer is the same on every machine.
 */
public final class Colourings {

    private static final int RETREATS = 500;
    private static final long EFFORT = 2_000_000;
    private static final long EFFORT_IN_ALL = 8_000_000;

    private final Demand demand;
    private final ConflictGraph anyTiming;
    private final int[] byRank;
    private final int[] byLeaf;
    private long effortLeft = EFFORT_IN_ALL;

    /** Gets ready to colour the sources of a demand; all that is asked of it shares one effort. */
    public Colourings(Demand demand) {
        this.demand = demand;
        this.anyTiming = ConflictGraph.anyTiming(demand);
        this.byRank = anyTiming.sources().stream().toArray();
        this.byLeaf = anyTiming.sources().stream().boxed()
                .sorted(Comparator.comparing(demand.attachments()::leaf).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue).toArray();
    }

    /**
     * Returns a colouring under which no link carries two flows' worth in lock-step.
     *
     * @param fewest a number of colours that cannot be undercut
     * @param most the number of colours not to exceed
     * @return empty if none was found
     */
    public Optional<Colouring> proper(int fewest, int most) {
        if (byRank.length == 0) {
            return Optional.of(even(1));
        }
        int lower = Math.max(1, fewest);
        int safe = clique(anyTiming);
        if (lower <= most && lower < safe && !demand.mixes()) {
            // most requests end here: the graph of a large all-to-all costs more than all the rest of the decision
            Optional<int[]> form = forms(lower).stream().filter(this::fitsSteps).findFirst();
            if (form.isPresent()) {
                return form.map(this::extended);
            }
        }
        ConflictGraph lockStep = ConflictGraph.lockStep(demand);
        for (int count = Math.max(lower, clique(lockStep)); count <= most; count++) {
            Optional<int[]> found = count >= safe ? with(anyTiming, count) : Optional.empty();
            if (found.isEmpty()) {
                found = with(lockStep, count);
            }
            if (found.isPresent()) {
                return found.map(this::extended);
            }
        }
        return Optional.empty();
    }

    /** Returns a simple colouring under which no link carries two flows' worth in lock-step, without a search. */
    public Optional<Colouring> simple(int count) {
        return byRank.length == 0 || demand.mixes() || count < 1 ? Optional.empty()
                : forms(count).stream().filter(this::fitsSteps).findFirst().map(this::extended);
    }

    private boolean fitsSteps(int[] colours) {
        int leaves = demand.attachments().leaves().size();
        int colourCount = Arrays.stream(colours).max().orElse(0) + 1;
        return Steps.fit(demand, 2 * leaves * colourCount,
                (rank, to) -> 2 * (colours[rank] * leaves + demand.attachments().leaf(rank)),
                (rank, to) -> 2 * (colours[rank] * leaves + demand.attachments().leaf(to)) + 1);
    }

    /** Returns a colouring that spreads the sources of each leaf, and all together, over the colours evenly. */
    public Colouring even(int count) {
        return extended(placed(byLeaf, place -> place % count));
    }

    private Colouring extended(int[] partial) {
        return Colouring.extending(partial, demand.attachments());
    }

    private Optional<int[]> with(ConflictGraph graph, int count) {
        for (int[] form : forms(count)) {
            if (graph.isProper(form)) {
                return Optional.of(form);
            }
        }
        Optional<int[]> found = Saturation.colour(graph, count, RETREATS).map(this::wide);
        if (found.isEmpty() && effortLeft > 0) {
            effortLeft -= EFFORT;
            found = TabuSearch.colour(graph, indexInLeaf(count), count, EFFORT);
        }
        return found;
    }

    /** Returns simple colourings with so many colours, which need not be proper; {@link Colouring#NONE} where open. */
    public List<int[]> forms(int count) {
        List<int[]> forms = new ArrayList<>();
        forms.add(indexInLeaf(count));
        for (int[] order : Arrays.asList(byRank, byLeaf)) {
            forms.add(placed(order, place -> place % count));
            forms.add(placed(order, blocks(order.length, count)));
        }
        return forms;
    }

    private int[] indexInLeaf(int count) {
        int[] colours = open();
        int[] next = new int[demand.attachments().leaves().size()];
        for (int source : byRank) {
            colours[source] = next[demand.attachments().leaf(source)]++ % count;
        }
        return colours;
    }

    /** As few blocks as can be, of at most the given size, as equal as can be; the colour is the place in the block. */
    private static IntUnaryOperator blocks(int places, int size) {
        int blocks = (places + size - 1) / size;
        int small = places / blocks;
        int large = places % blocks;
        int inLarge = large * (small + 1);
        return place -> place < inLarge ? place % (small + 1) : (place - inLarge) % small;
    }

    private int[] placed(int[] order, IntUnaryOperator colourOfPlace) {
        int[] colours = open();
        for (int place = 0; place < order.length; place++) {
            colours[order[place]] = colourOfPlace.applyAsInt(place);
        }
        return colours;
    }

    private int[] open() {
        int[] colours = new int[demand.attachments().size()];
        Arrays.fill(colours, Colouring.NONE);
        return colours;
    }

    private int[] wide(int[] colours) {
        int[] wide = open();
        System.arraycopy(colours, 0, wide, 0, colours.length);
        return wide;
    }

    /** The size of some clique, found by taking the source with most rivals first: no fewer colours can do. */
    private static int clique(ConflictGraph graph) {
        int[] byRivals = graph.sources().stream().boxed()
                .sorted(Comparator.<Integer>comparingInt(source -> -graph.rivals(source).cardinality())
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue).toArray();
        BitSet left = (BitSet) graph.sources().clone();
        int size = 0;
        for (int source : byRivals) {
            if (left.get(source)) {
                left.and(graph.rivals(source));
                size++;
            }
        }
        return size;
    }
}
