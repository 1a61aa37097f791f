package org.cloister.benchmarks.replay;

/**
 * A mean over seeds, and half the width of its 95 % confidence interval (Student's t); 0 for a single seed, which has
 * none.
 */
public final class Estimate {

    /** 97.5 % quantiles of Student's t with 1, 2 ... degrees of freedom. */
    private static final double[] QUANTILES = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
        2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060,
        2.056, 2.052, 2.048, 2.045, 2.042};
    private static final double NORMAL_QUANTILE = 1.960;

    private final double[] samples;
    private final double mean;
    private final double halfWidth;

    private Estimate(double[] samples, double mean, double halfWidth) {
        this.samples = samples;
        this.mean = mean;
        this.halfWidth = halfWidth;
    }

    /**
     * Returns the estimate that samples of different seeds give.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Estimate of(double... samples) {
        int size = samples.length;
        if (size == 0) {
            throw new IllegalArgumentException("an estimate of no samples");
        }
        double sum = 0;
        for (double sample : samples) {
            sum += sample;
        }
        double mean = sum / size;
        if (size == 1) {
            return new Estimate(samples.clone(), mean, 0);
        }
        double squares = 0;
        for (double sample : samples) {
            squares += (sample - mean) * (sample - mean);
        }
        double quantile = size - 2 < QUANTILES.length ? QUANTILES[size - 2] : NORMAL_QUANTILE;
        return new Estimate(samples.clone(), mean, quantile * Math.sqrt(squares / (size - 1) / size));
    }

    /**
     * Returns the difference, seed by seed: both are of the same jobs, so it is known better than either.
     *
     * @throws IllegalArgumentException if the other is not of as many seeds
     */
    public Estimate less(Estimate other) {
        if (samples.length != other.samples.length) {
            throw new IllegalArgumentException(samples.length + " seeds beside " + other.samples.length);
        }
        double[] differences = new double[samples.length];
        for (int seed = 0; seed < differences.length; seed++) {
            differences[seed] = samples[seed] - other.samples[seed];
        }
        return of(differences);
    }

    /** Returns of how many seeds it is. */
    public int seeds() {
        return samples.length;
    }

    /** Returns the mean. */
    public double mean() {
        return mean;
    }

    /** Returns half the width of the interval. */
    public double halfWidth() {
        return halfWidth;
    }

    @Override
    public String toString() {
        return mean + " ± " + halfWidth;
    }
}
