package org.cloister.benchmarks.replay.job;

import org.cloister.benchmarks.replay.Algorithm;

/**
 * What training jobs were measured to do (OCS-vClos, Han et al.): which share of an iteration they communicate, and how
 * long an iteration takes, for jobs of which the trace does not say.
 */
enum Workload {

    VGG16(0.04, 0.25, 0.3),
    RESNET(0.02, 0.05, 0.2),
    BERT(0.08, 0.12, 0.5),
    /** All-to-all, followed by an all-reduce of {@link #EXPERTS_REDUCE}. */
    MIXTURE_OF_EXPERTS(0.26, 0.26, 1.0);

    /** The share of an iteration of a mixture of experts that it reduces gradients. */
    static final double EXPERTS_REDUCE = 0.07;

    private static final Workload[] REDUCING = {VGG16, RESNET, BERT};

    private final double least;
    private final double most;
    private final double iterationSeconds;

    Workload(double least, double most, double iterationSeconds) {
        this.least = least;
        this.most = most;
        this.iterationSeconds = iterationSeconds;
    }

    /** Draws one that communicates in a given way. */
    static Workload draw(Algorithm algorithm, Draws draws) {
        return algorithm == Algorithm.ALL_TO_ALL ? MIXTURE_OF_EXPERTS : REDUCING[draws.nextInt(REDUCING.length)];
    }

    /** Draws the share of an iteration that it communicates by its main collective. */
    double share(Draws draws) {
        return draws.nextDouble(least, most);
    }

    /** Returns how long an iteration takes, seconds: an assumption of the usual order of magnitude. */
    double iterationSeconds() {
        return iterationSeconds;
    }
}
