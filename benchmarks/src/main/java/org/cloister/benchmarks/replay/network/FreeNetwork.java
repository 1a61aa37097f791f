package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.job.JobPlan;
import org.cloister.benchmarks.replay.job.Layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToDoubleBiFunction;

/** A network in which no job slows another: each takes as long as its plan says. */
public final class FreeNetwork implements Network {

    private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparingDouble((End end) -> end.time)
            .thenComparingInt(end -> end.job));
    private final ToDoubleBiFunction<JobPlan, Layout> seconds;

    /**
     * Creates a network.
     *
     * @param seconds how long a job takes in its place
     */
    public FreeNetwork(ToDoubleBiFunction<JobPlan, Layout> seconds) {
        this.seconds = seconds;
    }

    @Override
    public void start(int job, JobPlan plan, Layout layout, double now) {
        ends.add(new End(job, now + seconds.applyAsDouble(plan, layout)));
    }

    @Override
    public double next() {
        return ends.isEmpty() ? Double.POSITIVE_INFINITY : ends.peek().time;
    }

    @Override
    public List<Integer> advance() {
        double now = next();
        List<Integer> ended = new ArrayList<>();
        while (next() == now && !ends.isEmpty()) {
            ended.add(ends.poll().job);
        }
        return ended;
    }

    private static final class End {

        private final int job;
        private final double time;

        private End(int job, double time) {
            this.job = job;
            this.time = time;
        }
    }
}
