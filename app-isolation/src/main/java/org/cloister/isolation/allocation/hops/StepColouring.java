package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Collective;
import org.cloister.isolation.allocation.traffic.Demand;

import java.util.Arrays;
import java.util.Optional;

/**
 * Colours the pairs of each step with as few colours as can be: König's theorem, edge by edge with alternating paths,
 * on the bipartite multigraph of leaves. A pair keeps its source's own colour where that is free, so that few pairs
 * need rules of their own. Holds only where no pair is sent in two steps, as one way serves both.
 */
final class StepColouring {

    private static final int NONE = -1;

    private final Flows flows;
    private final Collective collective;
    private final Attachments attachments;
    private final int colours;
    private final int[] colourOf;
    /** By leaf and colour, the pair of this step that leaves (enters) with it. */
    private final int[][] leaving;
    private final int[][] entering;

    private StepColouring(Demand demand, Flows flows, int colours) {
        this.flows = flows;
        this.collective = demand.collectives().get(0);
        this.attachments = demand.attachments();
        this.colours = colours;
        this.colourOf = new int[flows.size()];
        Arrays.fill(colourOf, NONE);
        int leaves = attachments.leaves().size();
        this.leaving = new int[leaves][colours];
        this.entering = new int[leaves][colours];
    }

    /**
     * Returns a colour for each pair.
     *
     * @param flows by rank
     * @param own by rank, the colour that its pairs should have
     * @param colours how many there are; at least as many as pairs leave or enter a leaf in any step
     * @return empty if a pair is sent in two steps, or patterns mix, or a leaf has more pairs than colours
     */
    static Optional<int[]> of(Demand demand, Flows flows, int[] own, int colours) {
        if (demand.mixes() || demand.collectives().isEmpty()) {
            return Optional.empty();
        }
        StepColouring colouring = new StepColouring(demand, flows, colours);
        for (int step = 0; step < colouring.collective.steps(); step++) {
            if (!colouring.colour(step, own)) {
                return Optional.empty();
            }
        }
        return Optional.of(colouring.colourOf);
    }

    private boolean colour(int step, int[] own) {
        for (int leaf = 0; leaf < leaving.length; leaf++) {
            Arrays.fill(leaving[leaf], NONE);
            Arrays.fill(entering[leaf], NONE);
        }
        int[] open = new int[collective.size()];
        int count = 0;
        for (int position = 0; position < collective.size(); position++) {
            int source = collective.rank(position);
            int target = collective.target(step, position);
            if (attachments.crosses(source, target)) {
                int flow = flows.number(source, target);
                if (colourOf[flow] != NONE) {
                    return false;
                }
                if (leaving[flows.fromLeaf(flow)][own[source]] == NONE
                        && entering[flows.toLeaf(flow)][own[source]] == NONE) {
                    set(flow, own[source]);
                } else {
                    open[count++] = flow;
                }
            }
        }
        for (int index = 0; index < count; index++) {
            if (!insert(open[index])) {
                return false;
            }
        }
        return true;
    }

    private void set(int flow, int colour) {
        colourOf[flow] = colour;
        leaving[flows.fromLeaf(flow)][colour] = flow;
        entering[flows.toLeaf(flow)][colour] = flow;
    }

    private boolean insert(int flow) {
        int[] from = leaving[flows.fromLeaf(flow)];
        int[] to = entering[flows.toLeaf(flow)];
        int freeFrom = NONE;
        int freeTo = NONE;
        for (int colour = 0; colour < colours; colour++) {
            if (from[colour] == NONE && to[colour] == NONE) {
                set(flow, colour);
                return true;
            }
            freeFrom = from[colour] == NONE ? colour : freeFrom;
            freeTo = to[colour] == NONE ? colour : freeTo;
        }
        if (freeFrom == NONE || freeTo == NONE) {
            return false;
        }
        exchange(flows.toLeaf(flow), freeFrom, freeTo);
        set(flow, freeFrom);
        return true;
    }

    /** Makes a colour free at an entered leaf: along the path from there, the two colours change places. */
    private void exchange(int leaf, int taken, int free) {
        int[] path = new int[2 * leaving.length];
        int length = 0;
        int colour = taken;
        int next = entering[leaf][taken];
        while (next != NONE) {
            path[length++] = next;
            colour = colour == taken ? free : taken;
            next = length % 2 == 1 ? leaving[flows.fromLeaf(next)][colour] : entering[flows.toLeaf(next)][colour];
        }
        for (int index = 0; index < length; index++) {
            leaving[flows.fromLeaf(path[index])][colourOf[path[index]]] = NONE;
            entering[flows.toLeaf(path[index])][colourOf[path[index]]] = NONE;
        }
        for (int index = 0; index < length; index++) {
            set(path[index], colourOf[path[index]] == taken ? free : taken);
        }
    }
}
