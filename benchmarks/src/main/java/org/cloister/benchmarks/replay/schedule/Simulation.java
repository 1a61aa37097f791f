package org.cloister.benchmarks.replay.schedule;

import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.JobModel;
import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.benchmarks.replay.ReplaySettings;
import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceJob;
import org.cloister.benchmarks.replay.job.JobPlan;
import org.cloister.benchmarks.replay.job.JobPlans;
import org.cloister.benchmarks.replay.job.Layout;
import org.cloister.benchmarks.replay.job.Speeds;
import org.cloister.benchmarks.replay.network.FreeNetwork;
import org.cloister.benchmarks.replay.network.Network;
import org.cloister.benchmarks.replay.network.SharedNetwork;
import org.cloister.benchmarks.replay.network.Wiring;
import org.cloister.isolation.allocation.placement.LinkNeed;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Replays a trace under one policy at one offered load: goes from event to event, which are arrivals, starts after
 * circuits were moved, and what happens in the network. At equal times what ends comes first, then what arrives, and
 * then the queue is asked.
 */
public final class Simulation {

    /** In events: jobs that share links have many, and finish seldom. */
    private static final int REPORT_EVERY = 100;

    private final ReplayFabric fabric;
    private final Speeds speeds;
    private final JobPlan[] plans;
    private final Waiting[] jobs;
    private final double[] arrivals;
    private final double[] starts;
    private final double[] finishes;
    private final int[] hosts;
    /** The jobs that every policy of the replay has a place for. */
    private final boolean[] common;
    private final int first;
    private final int end;
    private final double moveSeconds;
    private final Queue queue;
    private final Network network;
    private final IntConsumer progress;
    /** By the moment and the job, those that have their hosts and wait for circuits. */
    private final TreeMap<Double, TreeMap<Integer, Grant>> moving = new TreeMap<>();
    /** What was asked of the empty fabric is no refusal. */
    private final int unprovenBefore;
    private double usedSeconds;
    private double fragmentedSeconds;

    private Simulation(ReplayFabric fabric, Trace trace, Policy policy, double load, long seed, ReplaySettings settings,
                       IntConsumer progress) {
        this.fabric = fabric;
        this.speeds = new Speeds(fabric);
        this.progress = progress;
        int size = trace.jobs().size();
        this.plans = plans(trace, new JobPlans(settings.jobModel(), speeds, seed));
        this.arrivals = arrivals(trace, load);
        this.hosts = trace.jobs().stream().mapToInt(TraceJob::hosts).toArray();
        this.starts = new double[size];
        this.finishes = new double[size];
        Arrays.fill(starts, Double.NaN);
        Arrays.fill(finishes, Double.NaN);
        this.first = (int) (size * settings.warmUp());
        this.end = size - (int) (size * settings.tail());
        this.moveSeconds = policy == Policy.CLOISTER_OCS
                ? settings.circuitSeconds().orElse(fabric.optics().orElseThrow().moveSeconds()) : 0;
        Room empty = Rooms.of(policy, fabric);
        this.jobs = jobs(trace, policy, empty);
        this.common = common(trace, settings.policies());
        this.unprovenBefore = empty.unprovenRefusals();
        this.queue = new Queue(settings.discipline(), empty, moveSeconds);
        this.network = policy == Policy.IDEAL ? new FreeNetwork((plan, layout) -> plan.idealSeconds())
                : policy.isolating() ? new FreeNetwork((plan, layout) -> plan.freeSeconds(layout, speeds))
                : new SharedNetwork(Wiring.of(fabric, policy), fabric.leaves(), speeds, size, seed,
                        settings.exact() || settings.jobModel() == JobModel.BULK);
    }

    /**
     * Replays a trace.
     *
     * @param progress is told now and then how many jobs have finished
     * @throws IllegalArgumentException if the policy cannot be replayed on the fabric, or nothing is left to measure
     */
    public static Course run(ReplayFabric fabric, Trace trace, Policy policy, double load, long seed,
                             ReplaySettings settings, IntConsumer progress) {
        if (!policy.isPossibleOn(fabric)) {
            throw new IllegalArgumentException("policy " + policy.text() + " needs a fabric with optical switches");
        }
        return new Simulation(fabric, trace, policy, load, seed, settings, progress).run();
    }

    private Course run() {
        if (first >= end) {
            throw new IllegalArgumentException("of " + arrivals.length + " jobs none is left to measure");
        }
        int open = 0;
        for (int job = first; job < end; job++) {
            open += jobs[job] == null ? 0 : 1;
        }
        int next = 0;
        int finished = 0;
        long events = 0;
        double now = arrivals[0];
        while (open > 0) {
            double then = Math.min(network.next(), next < jobs.length ? arrivals[next] : Double.POSITIVE_INFINITY);
            then = Math.min(then, moving.isEmpty() ? Double.POSITIVE_INFINITY : moving.firstKey());
            if (then == Double.POSITIVE_INFINITY) {
                throw new IllegalStateException(queue.first().hosts() + " hosts wait, and nothing runs");
            }
            if (++events % REPORT_EVERY == 0) {
                progress.accept(finished);
            }
            account(now, then);
            now = then;
            if (network.next() == now) {
                for (int job : network.advance()) {
                    finishes[job] = now;
                    queue.end(job);
                    open -= job >= first && job < end ? 1 : 0;
                    finished++;
                }
            }
            if (!moving.isEmpty() && moving.firstKey() == now) {
                double start = now;
                moving.pollFirstEntry().getValue().forEach((job, grant) -> begin(job, grant, start));
            }
            while (next < jobs.length && arrivals[next] == now) {
                if (jobs[next] != null) {
                    queue.add(jobs[next]);
                }
                next++;
            }
            for (Map.Entry<Integer, Grant> started : queue.start(now).entrySet()) {
                Grant grant = started.getValue();
                if (grant.isMoving() && moveSeconds > 0) {
                    moving.computeIfAbsent(now + moveSeconds, none -> new TreeMap<>()).put(started.getKey(), grant);
                } else {
                    begin(started.getKey(), grant, now);
                }
            }
        }
        double span = Math.max(arrivals[end - 1] - arrivals[first], Double.MIN_VALUE);
        return new Course(arrivals, starts, finishes, common, first, end, usedSeconds / span / fabric.hosts(),
                fragmentedSeconds / span, demand() / span / fabric.hosts(), queue.unprovenRefusals() - unprovenBefore);
    }

    /** Host seconds within the time that is measured, if each job ran from when it came for its ideal time. */
    private double demand() {
        double demand = 0;
        for (int job = 0; job < plans.length; job++) {
            double seconds = Math.min(arrivals[job] + plans[job].idealSeconds(), arrivals[end - 1])
                    - Math.max(arrivals[job], arrivals[first]);
            demand += Math.max(0, seconds) * hosts[job];
        }
        return demand;
    }

    private void begin(int job, Grant grant, double now) {
        starts[job] = now;
        network.start(job, plans[job], new Layout(grant.leaves(), grant.hosts(), speeds.hostsPerNode()), now);
    }

    /** Adds up how full the fabric is from one time to another, as far as that is measured. */
    private void account(double from, double to) {
        double seconds = Math.min(to, arrivals[end - 1]) - Math.max(from, arrivals[first]);
        if (seconds > 0) {
            int used = fabric.hosts() - queue.freeHosts();
            int fitting = queue.fittingByNumber();
            usedSeconds += seconds * used;
            fragmentedSeconds += seconds * (fitting == 0 ? 1 : (double) used / (used + fitting));
        }
    }

    private static JobPlan[] plans(Trace trace, JobPlans plans) {
        List<TraceJob> all = trace.jobs();
        JobPlan[] made = new JobPlan[all.size()];
        for (int job = 0; job < made.length; job++) {
            made[job] = plans.plan(all.get(job), job);
        }
        return made;
    }

    /**
     * When jobs come, if the intervals between them are stretched such that hosts times ideal time over hosts of the
     * fabric times time from the first to the last arrival is the load.
     */
    private double[] arrivals(Trace trace, double load) {
        double work = 0;
        for (int job = 0; job < plans.length; job++) {
            work += trace.jobs().get(job).hosts() * plans[job].idealSeconds();
        }
        double begin = plans.length == 0 ? 0 : trace.jobs().get(0).arrivalSeconds();
        double span = plans.length == 0 ? 0 : trace.jobs().get(plans.length - 1).arrivalSeconds() - begin;
        double stretch = span > 0 ? work / (load * fabric.hosts()) / span : 0;
        double[] times = new double[plans.length];
        for (int job = 0; job < times.length; job++) {
            times[job] = (trace.jobs().get(job).arrivalSeconds() - begin) * stretch;
        }
        return times;
    }

    /** The jobs as the queue knows them; null for those that even the empty fabric has no place for. */
    private Waiting[] jobs(Trace trace, Policy policy, Room empty) {
        Waiting[] made = new Waiting[plans.length];
        Map<String, Boolean> fits = new HashMap<>();
        for (int job = 0; job < made.length; job++) {
            Waiting waiting = new Waiting(job, trace.jobs().get(job).hosts(), need(policy, trace.jobs().get(job)),
                    plans[job].idealSeconds());
            if (fits.computeIfAbsent(waiting.kind(), none -> empty.find(waiting.hosts(), waiting.need()).isPresent())) {
                made[job] = waiting;
            }
        }
        return made;
    }

    private boolean[] common(Trace trace, List<Policy> policies) {
        boolean[] common = new boolean[plans.length];
        Arrays.fill(common, true);
        for (Policy policy : policies) {
            Waiting[] placed = jobs(trace, policy, Rooms.of(policy, fabric));
            for (int job = 0; job < placed.length; job++) {
                common[job] &= placed[job] != null;
            }
        }
        return common;
    }

    /**
     * What a tenant says counts, not what is drawn where the trace is silent. A ring over ranks that are dealt out leaf
     * by leaf sends one flow from each leaf; in other patterns all hosts may send at once.
     */
    private static LinkNeed need(Policy policy, TraceJob job) {
        if (job.collective().isEmpty() || policy != Policy.CLOISTER && policy != Policy.CLOISTER_OCS) {
            return LinkNeed.hose();
        }
        return LinkNeed.atMost(job.collective().get() == Algorithm.RING ? 1 : job.hosts());
    }
}
