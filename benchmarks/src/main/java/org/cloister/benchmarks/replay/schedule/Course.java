package org.cloister.benchmarks.replay.schedule;

import java.util.Arrays;

/**
 * What became of the jobs of one replay: by number, when each came, started and finished, seconds; and how full the
 * fabric was. A job that even the empty fabric has no place for has neither start nor finish (NaN).
 */
public final class Course {

    private final double[] arrivals;
    private final double[] starts;
    private final double[] finishes;
    private final int first;
    private final int end;
    private final double utilisation;
    private final double fragmentation;

    Course(double[] arrivals, double[] starts, double[] finishes, int first, int end, double utilisation,
           double fragmentation) {
        this.arrivals = arrivals;
        this.starts = starts;
        this.finishes = finishes;
        this.first = first;
        this.end = end;
        this.utilisation = utilisation;
        this.fragmentation = fragmentation;
    }

    /** Returns when a job came. */
    public double arrival(int job) {
        return arrivals[job];
    }

    /** Returns when a job started; NaN if it never did. */
    public double start(int job) {
        return starts[job];
    }

    /** Returns when a job finished; NaN if it never did, or came after all that is measured had finished. */
    public double finish(int job) {
        return finishes[job];
    }

    /** Returns how many jobs there are. */
    public int jobs() {
        return arrivals.length;
    }

    /** Returns how many jobs are measured. */
    public int measured() {
        return completions().length;
    }

    /** Returns how many jobs between warm-up and tail never ran. */
    public int censored() {
        return end - first - measured();
    }

    /** Returns the mean completion time, seconds. */
    public double jctMean() {
        return Arrays.stream(completions()).average().orElse(0);
    }

    /** Returns the 99th percentile of completion times, seconds: at least 99 % are no longer. */
    public double jctP99() {
        double[] sorted = completions();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    }

    /** Returns the mean waiting time, seconds. */
    public double jwtMean() {
        double sum = 0;
        for (int job = first; job < end; job++) {
            sum += Double.isNaN(finishes[job]) ? 0 : starts[job] - arrivals[job];
        }
        return sum / Math.max(1, measured());
    }

    /** Returns the mean running time, seconds. */
    public double jrtMean() {
        double sum = 0;
        for (int job = first; job < end; job++) {
            sum += Double.isNaN(finishes[job]) ? 0 : finishes[job] - starts[job];
        }
        return sum / Math.max(1, measured());
    }

    /** Returns the share of hosts' time that jobs held, between the first and the last arrival that is measured. */
    public double utilisation() {
        return utilisation;
    }

    /** Returns the mean of hosts used over those and hosts of queued jobs that fit by number, over the same time. */
    public double fragmentation() {
        return fragmentation;
    }

    private double[] completions() {
        double[] times = new double[end - first];
        int size = 0;
        for (int job = first; job < end; job++) {
            if (!Double.isNaN(finishes[job])) {
                times[size++] = finishes[job] - arrivals[job];
            }
        }
        return Arrays.copyOf(times, size);
    }
}
