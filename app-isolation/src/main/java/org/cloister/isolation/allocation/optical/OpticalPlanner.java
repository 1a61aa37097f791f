package org.cloister.isolation.allocation.optical;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds circuits: for each colour a spine, for each leaf in it an optical switch where both have a free port, so that
 * few circuits have to be made or to give way.
 *
 * <p>Where every colour has every leaf: whole blocks of spines' ports ({@link Blocks}), and once those are used up
 * whatever spines have left ({@link Spread}). There colours keep their spines even if others would save moves: rests
 * scattered over spines make later jobs wait.
 *
 * <p>Else, and for few circuits: colour by colour, each with the cheapest matching ({@link ColourMatching}): first with
 * the spines that most idle circuits lead to, then, where that does not work out, with those that have most free ports,
 * then at random. What is left over is repaired by taking ports from others ({@link SwapRepair}). Then colours are
 * matched again one by one as long as that saves moves. Small needs are searched through ({@link ExactCircuits}).
 */
public final class OpticalPlanner {

    /** Steps that a decision may take: about 10 ms on the processors of 2020, hardly ever used up. */
    public static final long STEPS = 3_000_000;

    private static final int ATTEMPTS = 12;
    private static final int CANDIDATES = 4;
    private static final long SEED = 0x0C15C0L;
    /** What is small enough to be searched through: circuits, and ports of the fabric. */
    private static final int SMALL_NEED = 16;
    private static final int SMALL_FABRIC = 256;
    private static final long EXACT_STEPS = 30_000;

    private final long budget;
    private final long exactBudget;

    /** Creates a planner with the budget for a decision within milliseconds. */
    public OpticalPlanner() {
        this(STEPS, EXACT_STEPS);
    }

    /**
     * Creates a planner.
     *
     * @param budget steps that each decision may take
     * @param exactBudget steps that searching through a small need may take; without any, nothing is searched through
     */
    OpticalPlanner(long budget, long exactBudget) {
        this.budget = budget;
        this.exactBudget = exactBudget;
    }

    /** Returns whether a need is small enough to be searched through. */
    public static boolean isSmall(OpticalOccupancy occupancy, OpticalNeed need) {
        return need.circuits() <= SMALL_NEED && occupancy.fabric().ports() <= SMALL_FABRIC;
    }

    /** Finds circuits for a need; the occupancy is left as it is. */
    public OpticalPlanned plan(OpticalOccupancy occupancy, OpticalNeed need) {
        return plan(occupancy, need, new StepBudget(budget));
    }

    OpticalPlanned plan(OpticalOccupancy occupancy, OpticalNeed need, StepBudget budgeted) {
        int bound = MoveBound.of(occupancy, need);
        if (bound == Integer.MAX_VALUE || !spinesSuffice(occupancy, need)) {
            return OpticalPlanned.nothing(true);
        }
        Assignment assignment = new Assignment(occupancy, need);
        OpticalPlan plan = search(assignment, bound, budgeted);
        if (plan != null && plan.proven() || exactBudget == 0 || !isSmall(occupancy, need)) {
            return plan == null ? OpticalPlanned.nothing(false) : OpticalPlanned.found(plan);
        }
        StepBudget steps = new StepBudget(exactBudget);
        OpticalPlan fewer = new ExactCircuits(assignment, bound, steps)
                .fewerThan(plan == null ? Integer.MAX_VALUE / 2 : plan.moves());
        OpticalPlan best = fewer == null ? plan : fewer;
        boolean proven = steps.isLeft();
        return best == null ? OpticalPlanned.nothing(proven) : OpticalPlanned.found(best.withProven(proven));
    }

    /** Returns the best plan that a bounded search finds; null if it finds none. */
    private static OpticalPlan search(Assignment assignment, int bound, StepBudget steps) {
        OpticalNeed need = assignment.need;
        Shuffle shuffle = new Shuffle(SEED);
        ColourMatching colours = new ColourMatching(assignment, steps);
        LeafMatching leaves = new LeafMatching(assignment, steps);
        SpineChoice spines = new SpineChoice(assignment, shuffle);
        if (need.circuits() > SMALL_NEED && !need.distinctSpines()
                && (new Blocks(assignment, steps).give() || new Spread(assignment, steps).give())) {
            return assignment.plan(assignment.moves() == bound);
        }
        for (int attempt = 0; attempt < ATTEMPTS && steps.isLeft(); attempt++) {
            assignment.clear();
            if (attempt % 2 == 0) {
                spines.choose(attempt == 0, attempt > 2);
                for (int place : order(leaves, need, attempt, shuffle)) {
                    leaves.match(place);
                }
            } else {
                for (int colour : order(need, attempt, shuffle)) {
                    give(assignment, colours, colour, attempt / 2, shuffle);
                }
            }
            if (assignment.open() == 0
                    || new SwapRepair(assignment, colours, steps, shuffle).repair()) {
                improve(assignment, colours, bound, steps);
                return assignment.plan(assignment.moves() == bound);
            }
        }
        assignment.clear();
        if (new Spread(assignment, steps).give()) {
            improve(assignment, colours, bound, steps);
            return assignment.plan(assignment.moves() == bound);
        }
        return null;
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

    /** The leaves that have fewest ports to spare first. */
    private static int[] order(LeafMatching leaves, OpticalNeed need, int attempt, Shuffle shuffle) {
        int[] order = IntStream.range(0, need.size()).boxed().sorted(Comparator.comparingInt(leaves::slack))
                .mapToInt(Integer::intValue).toArray();
        if (attempt > 2) {
            shuffle.order(order);
        }
        return order;
    }

    private static int[] order(OpticalNeed need, int attempt, Shuffle shuffle) {
        int[] order = IntStream.range(0, need.colours()).boxed()
                .sorted(Comparator.comparingInt(colour -> -need.places(colour).length))
                .mapToInt(Integer::intValue).toArray();
        if (attempt > 3) {
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
