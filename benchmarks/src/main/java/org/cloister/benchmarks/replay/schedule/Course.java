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
    private final boolean[] common;
    private final int first;
    private final int end;
    private final double utilisation;
    private final double fragmentation;
    private final double demandInWindow;
    private final int unprovenRefusals;

    Course(double[] arrivals, double[] starts, double[] finishes, boolean[] common, int first, int end, double utilisation,
           double fragmentation, double demandInWindow, int unprovenRefusals) {
        this.arrivals = arrivals;
        this.starts = starts;
        this.finishes = finishes;
        this.common = common;
        this.first = first;
        this.end = end;
        this.utilisation = utilisation;
        this.fragmentation = fragmentation;
        this.demandInWindow = demandInWindow;
        this.unprovenRefusals = unprovenRefusals;
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

    /**
     * Returns how many jobs all means are over: those between warm-up and tail that every policy has a place for with
     * which this one is compared, as one that drops the awkward jobs would else seem the better.
     */
    public int measured() {
        return completions().length;
    }

    /** Returns how many jobs between warm-up and tail never ran. */
    public int censored() {
        int censored = 0;
        for (int job = first; job < end; job++) {
            censored += Double.isNaN(finishes[job]) ? 1 : 0;
        }
        return censored;
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
            sum += isMeasured(job) ? starts[job] - arrivals[job] : 0;
        }
        return sum / Math.max(1, measured());
    }

    /** Returns the mean running time, seconds. */
    public double jrtMean() {
        double sum = 0;
        for (int job = first; job < end; job++) {
            sum += isMeasured(job) ? finishes[job] - starts[job] : 0;
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

    /**
     * Returns what would be used over the same time of a fabric without bounds on which each job started when it came,
     * over the hosts that there are: the load that was offered while it was measured.
     */
    public double demandInWindow() {
        return demandInWindow;
    }

    /** Returns how many searches for a place found nothing as they came to their bound, not as there was nothing. */
    public int unprovenRefusals() {
        return unprovenRefusals;
    }

    private boolean isMeasured(int job) {
        return common[job] && !Double.isNaN(finishes[job]);
    }

    private double[] completions() {
        double[] times = new double[end - first];
        int size = 0;
        for (int job = first; job < end; job++) {
            if (isMeasured(job)) {
                times[size++] = finishes[job] - arrivals[job];
            }
        }
        return Arrays.copyOf(times, size);
    }
}
