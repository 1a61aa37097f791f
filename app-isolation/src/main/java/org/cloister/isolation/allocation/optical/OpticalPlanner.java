package org.cloister.isolation.allocation.optical;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds circuits: for each colour a spine, for each leaf in it an optical switch where both have a free port, so that
 * few circuits have to be made or to give way.
 *
 * <p>Colour by colour, each with the cheapest matching ({@link ColourMatching}): first with the spines that most idle
 * circuits lead to, then, where that does not work out, with those that have most free ports, then at random. What is
 * left over is repaired by taking ports from others ({@link SwapRepair}). Then colours are matched again one by one as
 * long as that saves moves. Small needs are searched through ({@link ExactCircuits}).
 */
public final class OpticalPlanner {

    /** Steps that a decision of some milliseconds may take. */
    public static final long STEPS = 3_000_000;

    private static final int ATTEMPTS = 12;
    private static final int CANDIDATES = 4;
    private static final long SEED = 0x0C15C0L;

    private final long budget;

    /** Creates a planner with the budget for a decision within milliseconds. */
    public OpticalPlanner() {
        this(STEPS);
    }

    /** Creates a planner with a budget of steps for each decision. */
    public OpticalPlanner(long budget) {
        this.budget = budget;
    }

    /** Finds circuits for a need; the occupancy is left as it is. */
    public OpticalPlanned plan(OpticalOccupancy occupancy, OpticalNeed need) {
        int bound = MoveBound.of(occupancy, need);
        if (bound == Integer.MAX_VALUE || !spinesSuffice(occupancy, need)) {
            return OpticalPlanned.nothing(true);
        }
        StepBudget steps = new StepBudget(budget);
        Shuffle shuffle = new Shuffle(SEED);
        Assignment assignment = new Assignment(occupancy, need);
        ColourMatching colours = new ColourMatching(assignment, steps);
        for (int attempt = 0; attempt < ATTEMPTS && steps.isLeft(); attempt++) {
            assignment.clear();
            for (int colour : order(need, attempt, shuffle)) {
                give(assignment, colours, colour, attempt, shuffle);
            }
            if (assignment.open() == 0
                    || new SwapRepair(assignment, colours, steps, shuffle).repair()) {
                improve(assignment, colours, bound, steps);
                return OpticalPlanned.found(assignment.plan(assignment.moves() == bound));
            }
        }
        return OpticalPlanned.nothing(false);
    }

    /** Every colour needs a spine with as many free ports as it has leaves; one for each, if they are to differ. */
    private static boolean spinesSuffice(OpticalOccupancy occupancy, OpticalNeed need) {
        int[] free = IntStream.range(0, occupancy.fabric().spines()).map(occupancy::freeSpinePorts).sorted().toArray();
        int[] sizes = IntStream.range(0, need.colours()).map(colour -> need.places(colour).length).sorted().toArray();
        for (int colour = 1; colour <= sizes.length; colour++) {
            int spine = free.length - (need.distinctSpines() ? colour : 1);
            if (spine < 0 || free[spine] < sizes[sizes.length - colour]) {
                return false;
            }
        }
        return IntStream.of(free).sum() >= IntStream.of(sizes).sum();
    }

    private static int[] order(OpticalNeed need, int attempt, Shuffle shuffle) {
        int[] order = IntStream.range(0, need.colours()).boxed()
                .sorted(Comparator.comparingInt(colour -> -need.places(colour).length))
                .mapToInt(Integer::intValue).toArray();
        if (attempt > 1) {
            shuffle.order(order);
        }
        return order;
    }

    /** Gives a colour the best of a few spines, as far as there are ports. */
    private static void give(Assignment assignment, ColourMatching colours, int colour, int attempt,
                             Shuffle shuffle) {
        long[] score = scores(assignment, colours, colour, attempt, shuffle);
        int best = Assignment.NONE;
        int bestMatched = -1;
        int bestMoves = 0;
        int last = Assignment.NONE;
        for (int turn = 0; turn < CANDIDATES; turn++) {
            int spine = highest(score);
            if (spine == Assignment.NONE) {
                break;
            }
            score[spine] = -1;
            last = spine;
            int matched = colours.match(colour, spine);
            if (matched > bestMatched || matched == bestMatched && colours.moves() < bestMoves) {
                best = spine;
                bestMatched = matched;
                bestMoves = colours.moves();
            }
            if (matched == assignment.size(colour) && (turn > 0 || colours.moves() == 0)) {
                break;
            }
        }
        if (best != Assignment.NONE) {
            if (best != last) {
                colours.match(colour, best);
            }
            colours.commit(colour, best);
        }
    }

    private static long[] scores(Assignment assignment, ColourMatching colours, int colour, int attempt,
                                 Shuffle shuffle) {
        int[] reuse = colours.reuse(colour);
        long[] score = new long[reuse.length];
        for (int spine = 0; spine < score.length; spine++) {
            int free = assignment.freeOf[spine];
            if (free < assignment.size(colour) || !assignment.isAllowed(spine)) {
                score[spine] = -1;
            } else if (attempt == 0) {
                score[spine] = ((long) reuse[spine] << 32) + free;
            } else {
                score[spine] = ((long) free << 32) + reuse[spine];
                score[spine] += attempt == 1 ? 0 : (long) shuffle.below(1 + free) << 32;
            }
        }
        return score;
    }

    private static int highest(long[] score) {
        int highest = Assignment.NONE;
        long most = -1;
        for (int spine = 0; spine < score.length; spine++) {
            if (score[spine] > most) {
                most = score[spine];
                highest = spine;
            }
        }
        return highest;
    }

    private static void improve(Assignment assignment, ColourMatching colours, int bound, StepBudget steps) {
        new MoveSaving(assignment, colours, bound, steps).save();
    }
}
