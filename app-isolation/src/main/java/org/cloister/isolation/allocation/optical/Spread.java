package org.cloister.isolation.allocation.optical;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Circuits where every colour has every leaf, from whatever ports spines have left. How many ports a colour's spine
 * gives at each optical switch is a flow, in which no switch gives more than the leaves have uplinks there; which leaf
 * has which of them is then a colouring of the edges between colours and switches, one for each leaf, which always
 * exists (König). So a refusal here rests on the choice of spines alone.
 *
 * <p>Colours get their spines one after another, from those with least to spare, so that large rests stay for jobs of
 * many leaves; what earlier colours take shifts to other switches as long as that helps (augmenting paths). Where that
 * does not work out, those with most to spare come first, each for one colour in turn, so that there is much to shift.
 */
final class Spread {

    private final Assignment assignment;
    private final StepBudget steps;
    private final int leaves;
    private final int switches;
    /** By switch, how many uplinks every leaf has free there. */
    private final int[] uplinks;
    /** By switch, how many more circuits it takes. */
    private final int[] room;
    /** By spine and switch, free ports, and how many are given. */
    private final int[][] free;
    private final int[][] given;
    /** The spines that have colours, and the one that is to have one. */
    private final int[] users;
    private int used;
    private final boolean[] seenSwitch;
    private final boolean[] seenSpine;

    Spread(Assignment assignment, StepBudget steps) {
        this.assignment = assignment;
        this.steps = steps;
        this.leaves = assignment.need.size();
        this.switches = assignment.fabric.switches();
        this.uplinks = new int[switches];
        this.room = new int[switches];
        this.free = new int[assignment.fabric.spines()][switches];
        this.given = new int[free.length][switches];
        this.users = new int[free.length];
        this.seenSwitch = new boolean[switches];
        this.seenSpine = new boolean[free.length];
    }

    /**
     * Gives all circuits their ports, where none has any.
     *
     * @return whether all have; if not, none has
     */
    boolean give() {
        int colours = assignment.need.colours();
        if (!isFull()) {
            return false;
        }
        count();
        if (Arrays.stream(uplinks).sum() < colours) {
            return false;
        }
        int[] leastFirst = order();
        if (choose(leastFirst, colours)) {
            new SpreadLeaves(assignment, steps, uplinks, given).give();
            return true;
        }
        int[] mostFirst = new int[leastFirst.length];
        Arrays.setAll(mostFirst, place -> leastFirst[mostFirst.length - 1 - place]);
        used = 0;
        Arrays.stream(given).forEach(row -> Arrays.fill(row, 0));
        Arrays.setAll(room, at -> leaves * uplinks[at]);
        assignment.clear();
        if (choose(mostFirst, 1)) {
            new SpreadLeaves(assignment, steps, uplinks, given).give();
            return true;
        }
        assignment.clear();
        return false;
    }

    /** Gives colours spines in an order, each as many as it has ports for, at most so many in a turn. */
    private boolean choose(int[] order, int atOnce) {
        int colours = assignment.need.colours();
        int next = 0;
        int before;
        do {
            before = next;
            for (int spine : order) {
                int end = Math.min(colours, next + atOnce);
                while (next < end && assignment.isAllowed(spine) && steps.isLeft() && add(spine)) {
                    assignment.setSpine(next++, spine);
                }
            }
        } while (next < colours && next > before && atOnce < colours);
        return next == colours;
    }

    private boolean isFull() {
        int[] placeOf = assignment.placeOf;
        return placeOf.length == leaves * assignment.need.colours()
                && IntStream.range(0, placeOf.length).allMatch(circuit -> placeOf[circuit] == circuit % leaves);
    }

    private void count() {
        OpticalFabric fabric = assignment.fabric;
        Arrays.fill(uplinks, Integer.MAX_VALUE);
        for (int at = 0; at < switches; at++) {
            for (int place = 0; place < leaves; place++) {
                uplinks[at] = Math.min(uplinks[at], unused(fabric.leafPorts(assignment.need.leaf(place), at)));
            }
            room[at] = leaves * uplinks[at];
        }
        for (int spine = 0; spine < free.length; spine++) {
            for (int at = 0; at < switches; at++) {
                free[spine][at] = uplinks[at] == 0 ? 0 : unused(fabric.spinePorts(spine, at));
            }
        }
        steps.spend((long) switches * (leaves + free.length));
    }

    private int unused(int[] ports) {
        int count = 0;
        for (int port : ports) {
            count += assignment.isUnused(port) ? 1 : 0;
        }
        return count;
    }

    /** Spines that idle circuits join with all leaves, then those that full colours leave least of. */
    private int[] order() {
        int[] ports = Arrays.stream(free).mapToInt(row -> Arrays.stream(row).sum()).toArray();
        int[] idle = new int[free.length];
        for (int place = 0; place < leaves; place++) {
            for (int port : assignment.fabric.leafPorts(assignment.need.leaf(place))) {
                int peer = assignment.occupancy.peer(port);
                if (peer != Assignment.NONE && assignment.isUnused(port) && assignment.fabric.spine(peer) >= 0) {
                    idle[assignment.fabric.spine(peer)]++;
                }
            }
        }
        return IntStream.range(0, free.length).filter(spine -> ports[spine] >= leaves).boxed()
                .sorted(Comparator.<Integer>comparingInt(spine -> ports[spine] % leaves)
                        .thenComparingInt(spine -> ports[spine])
                        .thenComparingInt(spine -> -idle[spine]).thenComparingInt(spine -> spine))
                .mapToInt(Integer::intValue).toArray();
    }

    /** Takes ports of a spine for one more colour; if there are not enough, it has none more than before. */
    private boolean add(int spine) {
        if (assignment.coloursOf[spine] == 0) {
            users[used++] = spine;
        }
        for (int count = 0; count < leaves; count++) {
            Arrays.fill(seenSwitch, false);
            Arrays.fill(seenSpine, false);
            if (!augment(spine)) {
                takeBack(spine, count);
                return false;
            }
        }
        return true;
    }

    private void takeBack(int spine, int count) {
        int left = count;
        for (int at = 0; left > 0; at++) {
            int taken = Math.min(left, given[spine][at]);
            given[spine][at] -= taken;
            room[at] += taken;
            left -= taken;
        }
        if (assignment.coloursOf[spine] == 0) {
            used--;
        }
    }

    /** Takes one more port of a spine: at the switch with most room, or where another spine can do without. */
    private boolean augment(int spine) {
        seenSpine[spine] = true;
        steps.spend(switches);
        int widest = Assignment.NONE;
        for (int at = 0; at < switches; at++) {
            if (given[spine][at] < free[spine][at] && room[at] > 0
                    && (widest == Assignment.NONE || room[at] > room[widest])) {
                widest = at;
            }
        }
        if (widest != Assignment.NONE) {
            given[spine][widest]++;
            room[widest]--;
            return true;
        }
        for (int at = 0; at < switches; at++) {
            if (given[spine][at] < free[spine][at] && !seenSwitch[at]) {
                seenSwitch[at] = true;
                steps.spend(used);
                for (int user = 0; user < used; user++) {
                    int other = users[user];
                    if (given[other][at] > 0 && !seenSpine[other] && augment(other)) {
                        given[other][at]--;
                        given[spine][at]++;
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
