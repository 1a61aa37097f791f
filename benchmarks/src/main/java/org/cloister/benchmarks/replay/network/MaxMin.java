package org.cloister.benchmarks.replay.network;

import java.util.Arrays;
import java.util.List;

/**
 * Max-min fair rates by progressive filling (Bertsekas and Gallager, Data Networks, 6.5.2): all rates grow alike; where
 * a link is full, the flows on it are done, and the rest goes on. It ends as soon as the slowest flow of each step is
 * known, as a step is as fast as that.
 *
 * <p>A host sends no more than its NIC carries; its queue pairs share that. A NIC is full only when none of its queue
 * pairs is held up elsewhere, thus at the level at which nothing is left to do.
 */
final class MaxMin {

    private final Wiring wiring;
    private final int[] open;
    private final double[] left;
    private final int[] firstOnLink;
    /** Links that some flow takes, in the order in which flows named them. */
    private int[] taken = new int[64];
    private int[] links = new int[64];
    /** The next flow on the same up and down link. */
    private int[] nextUp = new int[0];
    private int[] nextDown = new int[0];
    private int[] upOf = new int[0];
    private int[] downOf = new int[0];
    private int[] stepOf = new int[0];
    private boolean[] done = new boolean[0];

    MaxMin(Wiring wiring) {
        this.wiring = wiring;
        this.open = new int[wiring.links()];
        this.left = new double[wiring.links()];
        this.firstOnLink = new int[wiring.links()];
        Arrays.fill(firstOnLink, -1);
    }

    /** Returns how fast each of several steps is that are active at the same time: 1 if none of its flows is slowed. */
    double[] speeds(List<Flows> steps) {
        int used = build(steps);
        double[] speeds = new double[steps.size()];
        double full = 1.0 / wiring.queuePairs();
        int unknown = 0;
        for (int step = 0; step < speeds.length; step++) {
            if (steps.get(step).size() == 0) {
                speeds[step] = full;
            } else {
                unknown++;
            }
        }
        while (unknown > 0) {
            double level = full;
            int tight = 0;
            for (int index = 0; index < used; index++) {
                int link = taken[index];
                if (open[link] > 0) {
                    double share = left[link] / open[link];
                    if (share < level) {
                        level = share;
                        tight = 0;
                    }
                    if (share == level && level < full) {
                        links[tight++] = link;
                    }
                }
            }
            if (level >= full) {
                break;
            }
            for (int index = 0; index < tight; index++) {
                unknown -= close(links[index], level, speeds);
            }
        }
        for (int index = 0; index < used; index++) {
            open[taken[index]] = 0;
            firstOnLink[taken[index]] = -1;
        }
        for (int step = 0; step < speeds.length; step++) {
            speeds[step] = speeds[step] == 0 ? 1 : Math.min(1, speeds[step] * wiring.queuePairs());
        }
        return speeds;
    }

    private int build(List<Flows> steps) {
        int total = 0;
        for (Flows flows : steps) {
            total += flows.size();
        }
        if (nextUp.length < total) {
            nextUp = new int[2 * total];
            nextDown = new int[2 * total];
            upOf = new int[2 * total];
            downOf = new int[2 * total];
            stepOf = new int[2 * total];
            done = new boolean[2 * total];
        }
        if (taken.length < 2 * total) {
            taken = new int[4 * total];
            links = new int[4 * total];
        }
        int used = 0;
        int number = 0;
        for (int step = 0; step < steps.size(); step++) {
            Flows flows = steps.get(step);
            for (int flow = 0; flow < flows.size(); flow++, number++) {
                int up = flows.up(flow);
                int down = flows.down(flow);
                used = take(up, used);
                used = take(down, used);
                upOf[number] = up;
                downOf[number] = down;
                nextUp[number] = firstOnLink[up];
                nextDown[number] = firstOnLink[down];
                firstOnLink[up] = number;
                firstOnLink[down] = number;
                stepOf[number] = step;
                done[number] = false;
            }
        }
        return used;
    }

    private int take(int link, int used) {
        if (open[link]++ == 0) {
            left[link] = wiring.capacity();
            taken[used] = link;
            return used + 1;
        }
        return used;
    }

    /** Ends all flows on a link at a level; returns how many steps have thereby met their slowest flow. */
    private int close(int link, double level, double[] speeds) {
        int known = 0;
        int flow = firstOnLink[link];
        while (flow >= 0) {
            if (!done[flow]) {
                done[flow] = true;
                open[upOf[flow]]--;
                open[downOf[flow]]--;
                left[upOf[flow]] -= level;
                left[downOf[flow]] -= level;
                if (speeds[stepOf[flow]] == 0) {
                    speeds[stepOf[flow]] = level;
                    known++;
                }
            }
            flow = upOf[flow] == link ? nextUp[flow] : nextDown[flow];
        }
        return known;
    }
}
