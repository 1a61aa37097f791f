package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.job.Draws;
import org.cloister.benchmarks.replay.job.JobPlan;
import org.cloister.benchmarks.replay.job.Layout;
import org.cloister.benchmarks.replay.job.Speeds;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A network in which jobs share links: a step is as fast as its slowest flow, flows have max-min fair rates, and those
 * are worked out anew whenever the active steps change. Only jobs with hosts on two leaves or more use links; only such
 * with a leaf in common share some.
 */
public final class SharedNetwork implements Network {

    /** How many ends of steps stand for all of them: the mean completion time is off by far less than 2 %. */
    private static final int SAMPLE = 32;

    private final Speeds speeds;
    private final Wiring wiring;
    private final long seed;
    private final Pace pace;
    private final FreeNetwork onOneLeaf;
    private final List<Group> groups = new ArrayList<>();
    private final Group[] groupOf;
    private final List<List<Run>> onLeaf = new ArrayList<>();

    /**
     * Creates a network.
     *
     * @param jobs how many jobs there may be: their numbers are below
     * @param seed what the seeds of the jobs' hashes are drawn from
     * @param exact whether all steps of jobs that communicate at the same time are followed; else a sample of them
     *              stands for all
     */
    public SharedNetwork(Wiring wiring, int leaves, Speeds speeds, int jobs, long seed, boolean exact) {
        this.speeds = speeds;
        this.wiring = wiring;
        this.seed = seed;
        this.pace = exact ? new Pace.Exact(wiring) : new Pace.Sampled(wiring, SAMPLE, seed);
        this.onOneLeaf = new FreeNetwork((plan, layout) -> plan.freeSeconds(layout, speeds));
        this.groupOf = new Group[jobs];
        for (int leaf = 0; leaf < leaves; leaf++) {
            onLeaf.add(new ArrayList<>());
        }
    }

    @Override
    public void start(int job, JobPlan plan, Layout layout, double now) {
        int[] leaves = layout.leaves();
        if (leaves.length == 1 || plan.idealSeconds() == 0) {
            onOneLeaf.start(job, plan, layout, now);
            return;
        }
        Run started = new Run(job, plan, new Traffic(plan, layout, speeds, wiring,
                new Draws(seed, Draws.Purpose.HASH, job).next()), leaves);
        Set<Group> joined = new LinkedHashSet<>();
        for (int leaf : leaves) {
            onLeaf.get(leaf).forEach(run -> joined.add(groupOf[run.job()]));
            onLeaf.get(leaf).add(started);
        }
        List<Run> runs = new ArrayList<>(List.of(started));
        for (Group group : joined) {
            group.advance(now);
            group.dissolve();
            runs.addAll(group.runs());
        }
        groups.removeAll(joined);
        add(Connected.sorted(runs), now);
    }

    @Override
    public double next() {
        double next = onOneLeaf.next();
        for (Group group : groups) {
            next = Math.min(next, group.next());
        }
        return next;
    }

    @Override
    public List<Integer> advance() {
        double now = next();
        List<Integer> ended = new ArrayList<>();
        if (onOneLeaf.next() == now) {
            ended.addAll(onOneLeaf.advance());
        }
        List<Group> due = new ArrayList<>();
        groups.stream().filter(group -> group.next() == now).forEach(due::add);
        for (Group group : due) {
            List<Run> over = group.proceed();
            if (!over.isEmpty()) {
                group.dissolve();
                groups.remove(group);
                List<Run> left = new ArrayList<>(group.runs());
                left.removeAll(over);
                over.forEach(run -> end(run, ended));
                Connected.sets(left).forEach(set -> add(set, now));
            }
        }
        ended.sort(null);
        return ended;
    }

    private void end(Run run, List<Integer> ended) {
        ended.add(run.job());
        groupOf[run.job()] = null;
        for (int leaf : run.leaves()) {
            onLeaf.get(leaf).remove(run);
        }
    }

    private void add(List<Run> runs, double now) {
        Group group = new Group(runs, pace, now);
        groups.add(group);
        runs.forEach(run -> groupOf[run.job()] = group);
    }
}
