package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.job.Collective;
import org.cloister.benchmarks.replay.job.Draws;
import org.cloister.benchmarks.replay.job.JobPlan;
import org.cloister.benchmarks.replay.job.Layout;
import org.cloister.benchmarks.replay.job.Speeds;

import java.util.Arrays;
import java.util.List;

/**
 * The communication of an iteration of a job in its place: one step after another, how long each takes while the job
 * has its links for itself, and which links its flows take. Where its flows go is a hash of source, destination and
 * queue pair with a seed of the job: the same in each iteration, as its connections last.
 */
final class Traffic {

    private static final long RANK = 0x9E3779B97F4A7C15L;
    private static final long QUEUE_PAIR = 0xD1B54A32D192ED03L;

    private final Wiring wiring;
    private final Layout layout;
    private final long seed;
    private final Collective[] collectives;
    private final int[] steps;
    /** When each step begins while the job has its links for itself, seconds from the first; at last, the end. */
    private final double[] begins;
    /** How fast each step is while the job has its links for itself, 1 if no flow of it meets another. */
    private final double[] alone;

    Traffic(JobPlan plan, Layout layout, Speeds speeds, Wiring wiring, long seed) {
        this.wiring = wiring;
        this.layout = layout;
        this.seed = Draws.mix(seed);
        List<Collective> all = plan.collectives();
        int count = all.stream().mapToInt(Collective::steps).sum();
        this.collectives = new Collective[count];
        this.steps = new int[count];
        this.begins = new double[count + 1];
        this.alone = new double[count];
        int index = 0;
        int[] counts = new int[wiring.links()];
        Flows flows = new Flows();
        for (Collective collective : all) {
            for (int step = 0; step < collective.steps(); step++, index++) {
                collectives[index] = collective;
                steps[index] = step;
                flows(index, flows);
                alone[index] = Math.min(1, wiring.queuePairs() * wiring.capacity() / busiest(flows, counts));
                begins[index + 1] = begins[index] + speeds.seconds(collective, step, layout) / alone[index];
            }
        }
    }

    /** Returns how many steps there are. */
    int steps() {
        return steps.length;
    }

    /** Returns how long all steps take while the job has its links for itself, seconds. */
    double seconds() {
        return begins[steps.length];
    }

    /** Returns the step that is under way so many seconds after the first began. */
    int step(double seconds) {
        int found = Arrays.binarySearch(begins, seconds);
        return Math.max(0, Math.min(steps.length - 1, found >= 0 ? found : -found - 2));
    }

    /** Returns when a step ends, seconds after the first began. */
    double end(int step) {
        return begins[step + 1];
    }

    /** Returns how fast a step is while the job has its links for itself: 1 if no flow meets another. */
    double alone(int step) {
        return alone[step];
    }

    /** Puts the flows of a step, one for each queue pair, in place of what was there. */
    void flows(int index, Flows flows) {
        flows.clear();
        Collective collective = collectives[index];
        int step = steps[index];
        int pairs = wiring.queuePairs();
        for (int rank = 0; rank < collective.hosts(); rank++) {
            int target = collective.target(step, rank);
            int from = layout.leaf(rank);
            int to = layout.leaf(target);
            if (from != to) {
                long connection = seed + (rank * (long) collective.hosts() + target) * RANK;
                for (int pair = 0; pair < pairs; pair++) {
                    int uplink = Draws.below(Draws.mix(connection + pair * QUEUE_PAIR), wiring.uplinks());
                    flows.add(wiring.up(from, uplink), wiring.down(to, uplink));
                }
            }
        }
    }

    private static int busiest(Flows flows, int[] counts) {
        int most = 0;
        for (int flow = 0; flow < flows.size(); flow++) {
            most = Math.max(most, Math.max(++counts[flows.up(flow)], ++counts[flows.down(flow)]));
        }
        for (int flow = 0; flow < flows.size(); flow++) {
            counts[flows.up(flow)] = 0;
            counts[flows.down(flow)] = 0;
        }
        return most;
    }
}
