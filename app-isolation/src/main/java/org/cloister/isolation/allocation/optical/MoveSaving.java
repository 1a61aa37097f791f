package org.cloister.isolation.allocation.optical;

/** Matches colours again, one at a time, with their own spine and with a few others, as long as that saves moves. */
final class MoveSaving {

    private static final int CANDIDATES = 3;

    private final Assignment assignment;
    private final ColourMatching colours;
    private final int bound;
    private final StepBudget steps;

    MoveSaving(Assignment assignment, ColourMatching colours, int bound, StepBudget steps) {
        this.assignment = assignment;
        this.colours = colours;
        this.bound = bound;
        this.steps = steps;
    }

    /** Leaves all circuits with ports. */
    void save() {
        int moves = assignment.moves();
        int idle = 0;
        for (int colour = 0; idle < assignment.need.colours() && moves > bound && steps.isLeft();
                colour = (colour + 1) % assignment.need.colours()) {
            int now = again(colour, moves);
            idle = now < moves ? 0 : idle + 1;
            moves = now;
        }
    }

    private int again(int colour, int before) {
        int first = assignment.firstOf[colour];
        int size = assignment.size(colour);
        int old = assignment.spineOf[colour];
        int[] atLeaf = new int[size];
        int[] atSpine = new int[size];
        for (int row = 0; row < size; row++) {
            atLeaf[row] = assignment.leafPort[first + row];
            atSpine[row] = assignment.spinePort[first + row];
        }
        assignment.unassignColour(colour);
        int[] reuse = colours.reuse(colour).clone();
        int spine = old;
        for (int turn = 0; turn < CANDIDATES && spine != Assignment.NONE; turn++) {
            if (assignment.freeOf[spine] >= size && colours.match(colour, spine) == size) {
                colours.commit(colour, spine);
                int now = assignment.moves();
                if (now < before) {
                    return now;
                }
                assignment.unassignColour(colour);
            }
            reuse[spine] = 0;
            spine = most(reuse);
        }
        assignment.setSpine(colour, old);
        for (int row = 0; row < size; row++) {
            assignment.assign(first + row, atLeaf[row], atSpine[row]);
        }
        return before;
    }

    private int most(int[] reuse) {
        int most = Assignment.NONE;
        int count = 0;
        for (int spine = 0; spine < reuse.length; spine++) {
            if (reuse[spine] > count && assignment.isAllowed(spine)) {
                most = spine;
                count = reuse[spine];
            }
        }
        return most;
    }
}
