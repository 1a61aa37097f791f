package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.job.Draws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How fast jobs communicate on average while they all do: their steps are followed, from random ones on, for a while.
 * What is found for a set of jobs holds as long as they run, as their connections keep their ways.
 */
final class StepWalk {

    /** Where many jobs communicate at once each end of a step changes little, and costs much. */
    private static final int MOST = 160;

    private final MaxMin rates;
    private final int eventsPerJob;
    private final long seed;

    /**
     * Creates a walk.
     *
     * @param eventsPerJob how many ends of steps are followed for each job, up to {@value #MOST} in all
     * @param seed what the places are drawn from where jobs begin
     */
    StepWalk(MaxMin rates, int eventsPerJob, long seed) {
        this.seed = seed;
        this.rates = rates;
        this.eventsPerJob = eventsPerJob;
    }

    /** Returns, for each of several jobs, its speed over what it has with its links for itself. */
    double[] speeds(List<Run> runs) {
        int size = runs.size();
        double[] place = new double[size];
        int[] step = new int[size];
        List<Flows> flows = new ArrayList<>();
        boolean constant = true;
        for (int index = 0; index < size; index++) {
            Traffic traffic = runs.get(index).traffic();
            place[index] = new Draws(seed, Draws.Purpose.SAMPLE, (long) runs.get(index).job() << Integer.SIZE | size)
                    .nextDouble() * traffic.seconds();
            step[index] = traffic.step(place[index]);
            flows.add(new Flows());
            traffic.flows(step[index], flows.get(index));
            constant &= traffic.steps() == 1;
        }
        double[] done = new double[size];
        double time = 0;
        for (int event = constant ? 1 : Math.min(MOST, eventsPerJob * size); event > 0; event--) {
            double[] speeds = rates.speeds(flows);
            double duration = Double.POSITIVE_INFINITY;
            for (int index = 0; index < size; index++) {
                Traffic traffic = runs.get(index).traffic();
                speeds[index] /= traffic.alone(step[index]);
                duration = Math.min(duration, (traffic.end(step[index]) - place[index]) / speeds[index]);
            }
            if (constant) {
                return speeds;
            }
            duration = Math.max(duration, 0);
            time += duration;
            for (int index = 0; index < size; index++) {
                Traffic traffic = runs.get(index).traffic();
                double went = duration * speeds[index];
                done[index] += went;
                place[index] += went;
                if (traffic.end(step[index]) - place[index] <= went * 1e-12) {
                    step[index] = step[index] + 1 == traffic.steps() ? 0 : step[index] + 1;
                    place[index] = step[index] == 0 ? 0 : traffic.end(step[index] - 1);
                    traffic.flows(step[index], flows.get(index));
                }
            }
        }
        double total = time;
        return total == 0 ? rates.speeds(flows) : Arrays.stream(done).map(seconds -> seconds / total).toArray();
    }
}
