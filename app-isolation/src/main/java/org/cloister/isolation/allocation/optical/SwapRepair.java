package org.cloister.isolation.allocation.optical;

import java.util.Arrays;

/**
 * Finds ports for circuits that are left over when colours were matched one by one. A circuit takes a port at its leaf
 * and one at its spine from the circuits that have them, which have to find others: alternating paths through leaves
 * and spines, those first that cost the others least. A circuit that was often left over weighs more, so that no two
 * take ports from each other for ever; now and then a colour gets another spine.
 */
final class SwapRepair {

    private static final int PATIENCE = 24;
    private static final int ROUNDS = 40;

    private final Assignment assignment;
    private final ColourMatching colours;
    private final StepBudget steps;
    private final Shuffle shuffle;
    private final int[] weight;

    SwapRepair(Assignment assignment, ColourMatching colours, StepBudget steps, Shuffle shuffle) {
        this.assignment = assignment;
        this.colours = colours;
        this.steps = steps;
        this.shuffle = shuffle;
        this.weight = new int[assignment.leafPort.length];
    }

    /** Returns whether every circuit has ports now. */
    boolean repair() {
        Arrays.fill(weight, 1);
        int rounds = ROUNDS * (assignment.need.colours() + 1);
        int next = 0;
        for (int round = 0; round < rounds && assignment.open() > 0 && steps.isLeft(); round++) {
            next = nextOpen(next);
            int colour = assignment.colourOf[next];
            if (assignment.spineOf[colour] == Assignment.NONE || round % PATIENCE == PATIENCE - 1 || !take(next)) {
                changeSpine(colour);
            }
        }
        return assignment.open() == 0;
    }

    private int nextOpen(int from) {
        int circuit = from;
        while (assignment.leafPort[circuit] != Assignment.NONE) {
            circuit = circuit + 1 == assignment.leafPort.length ? 0 : circuit + 1;
        }
        return circuit;
    }

    private boolean take(int circuit) {
        OpticalFabric fabric = assignment.fabric;
        int least = Integer.MAX_VALUE;
        int ties = 0;
        int atLeaf = Assignment.NONE;
        int atSpine = Assignment.NONE;
        int spine = assignment.spineOf[assignment.colourOf[circuit]];
        for (int port : fabric.leafPorts(assignment.leaf(circuit))) {
            if (!assignment.occupancy.isFree(port)) {
                continue;
            }
            int[] ends = fabric.spinePorts(spine, fabric.opticalSwitch(port));
            steps.spend(1 + ends.length);
            for (int end : ends) {
                if (!assignment.occupancy.isFree(end)) {
                    continue;
                }
                int loss = loss(port, end);
                ties = loss < least ? 1 : loss == least ? ties + 1 : ties;
                if (loss < least || loss == least && shuffle.below(ties) == 0) {
                    least = loss;
                    atLeaf = port;
                    atSpine = end;
                }
            }
        }
        if (atLeaf == Assignment.NONE) {
            return false;
        }
        free(atLeaf);
        free(atSpine);
        assignment.assign(circuit, atLeaf, atSpine);
        weight[circuit]++;
        return true;
    }

    private int loss(int atLeaf, int atSpine) {
        int one = assignment.userOf[atLeaf];
        int other = assignment.userOf[atSpine];
        return (one == Assignment.NONE ? 0 : weight[one])
                + (other == Assignment.NONE || other == one ? 0 : weight[other]);
    }

    private void free(int port) {
        if (assignment.userOf[port] != Assignment.NONE) {
            assignment.unassign(assignment.userOf[port]);
        }
    }

    /** Gives a colour the spine of a few that serves most of its leaves. */
    private void changeSpine(int colour) {
        int old = assignment.spineOf[colour];
        assignment.unassignColour(colour);
        int spines = assignment.fabric.spines();
        int best = Assignment.NONE;
        int most = -1;
        int looked = 0;
        int start = shuffle.below(spines);
        for (int turn = 0; turn < spines && looked < PATIENCE; turn++) {
            int spine = (start + turn) % spines;
            if (spine == old && spines > 1 || !assignment.isAllowed(spine)
                    || assignment.occupancy.freeSpinePorts(spine) < assignment.size(colour)) {
                continue;
            }
            looked++;
            int matched = colours.match(colour, spine);
            if (matched > most) {
                most = matched;
                best = spine;
            }
            if (matched == assignment.size(colour) || !steps.isLeft()) {
                break;
            }
        }
        int chosen = best == Assignment.NONE ? old : best;
        if (chosen != Assignment.NONE) {
            colours.match(colour, chosen);
            colours.commit(colour, chosen);
        }
    }
}
