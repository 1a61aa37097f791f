package org.cloister.benchmarks.replay.job;

import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.JobModel;
import org.cloister.benchmarks.replay.TraceJob;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes plans of jobs: from what the trace says, else from what is published of training jobs. Powers of two run half
 * halving-doubling, 20 % ring and 30 % all-to-all, others ring; a job is drawn from its place in the trace and the seed
 * alone, so that all policies and loads replay the same. Nobody places a job by what is only drawn of it.
 */
public final class JobPlans {

    private static final double HALVING_DOUBLING = 0.5;
    private static final double RING = 0.2;

    private final JobModel model;
    private final Speeds speeds;
    private final long seed;

    /** Creates the plans of a seed. */
    public JobPlans(JobModel model, Speeds speeds, long seed) {
        this.model = model;
        this.speeds = speeds;
        this.seed = seed;
    }

    /**
     * Returns the plan of a job. Recorded communication that takes longer on this fabric than the job ran makes the job
     * longer; otherwise it computes for the rest of its time.
     *
     * @param place its place in the trace
     */
    public JobPlan plan(TraceJob job, int place) {
        Draws draws = new Draws(seed, Draws.Purpose.PLAN, place);
        int hosts = job.hosts();
        if (hosts == 1) {
            return new JobPlan(job.durationSeconds(), List.of(), 1, 0, job.durationSeconds());
        }
        Algorithm algorithm = drawn(hosts, draws);
        algorithm = job.collective().orElse(algorithm);
        Workload workload = Workload.draw(algorithm, draws);
        double share = workload.share(draws);
        double phase = draws.nextDouble();
        int iterations = job.iterations().orElse(1);
        if (iterations == 1 && job.bufferBytes().isEmpty() && model == JobModel.ITERATIONS) {
            iterations = (int) Math.max(1, Math.round(job.durationSeconds() / workload.iterationSeconds()));
        }
        boolean bulk = model == JobModel.BULK || iterations == 1;
        double seconds = job.durationSeconds() / (bulk ? 1 : iterations);
        List<Collective> collectives = new ArrayList<>();
        if (job.bufferBytes().isPresent()) {
            collectives.add(new Collective(algorithm, hosts,
                    (double) job.bufferBytes().getAsLong() * (bulk ? iterations : 1)));
        } else {
            collectives.add(lasting(algorithm, hosts, share * seconds));
            if (workload == Workload.MIXTURE_OF_EXPERTS && !bulk) {
                collectives.add(lasting(reducing(hosts), hosts, Workload.EXPERTS_REDUCE * seconds));
            }
        }
        Layout packed = Layout.packed(hosts, speeds.hostsPerNode());
        double communication = collectives.stream()
                .mapToDouble(collective -> speeds.seconds(collective, packed)).sum();
        double compute = Math.max(0, seconds - communication);
        int repetitions = bulk ? 1 : iterations;
        return new JobPlan(compute, collectives, repetitions, bulk ? 0 : phase, (compute + communication) * repetitions);
    }

    private static Algorithm drawn(int hosts, Draws draws) {
        double draw = draws.nextDouble();
        if (Integer.bitCount(hosts) != 1) {
            return Algorithm.RING;
        }
        return draw < HALVING_DOUBLING ? Algorithm.HALVING_DOUBLING
                : draw < HALVING_DOUBLING + RING ? Algorithm.RING : Algorithm.ALL_TO_ALL;
    }

    private static Algorithm reducing(int hosts) {
        return Integer.bitCount(hosts) == 1 ? Algorithm.HALVING_DOUBLING : Algorithm.RING;
    }

    /** The collective that takes so long on as few servers as can be. */
    private Collective lasting(Algorithm algorithm, int hosts, double seconds) {
        double perByte = speeds.seconds(new Collective(algorithm, hosts, 1), Layout.packed(hosts,
                speeds.hostsPerNode()));
        return new Collective(algorithm, hosts, seconds / perByte);
    }
}
