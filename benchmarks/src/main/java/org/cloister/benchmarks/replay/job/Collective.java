package org.cloister.benchmarks.replay.job;

import org.cloister.benchmarks.replay.Algorithm;

/**
 * One collective of a job: its steps, in each of which each rank sends to at most one other. Steps are computed, not
 * stored. The equal steps of a ring, which are the same pairs again and again, count as one long step.
 */
public final class Collective {

    private final Algorithm algorithm;
    private final int hosts;
    private final double bufferBytes;

    /**
     * Creates a collective.
     *
     * @param hosts how many ranks, at least 2; a power of two for halving-doubling
     * @param bufferBytes what each rank reduces or exchanges
     */
    public Collective(Algorithm algorithm, int hosts, double bufferBytes) {
        if (hosts < 2 || algorithm == Algorithm.HALVING_DOUBLING && Integer.bitCount(hosts) != 1) {
            throw new IllegalArgumentException(algorithm.text() + " among " + hosts);
        }
        this.algorithm = algorithm;
        this.hosts = hosts;
        this.bufferBytes = bufferBytes;
    }

    /** Returns how it is carried out. */
    public Algorithm algorithm() {
        return algorithm;
    }

    /** Returns how many ranks there are. */
    public int hosts() {
        return hosts;
    }

    /** Returns how many steps there are. */
    public int steps() {
        switch (algorithm) {
            case RING:
                return 1;
            case HALVING_DOUBLING:
                return 2 * Integer.numberOfTrailingZeros(hosts);
            default:
                return hosts - 1;
        }
    }

    /** Returns what each rank sends in a step, bytes. */
    public double bytes(int step) {
        switch (algorithm) {
            case RING:
                return bufferBytes * 2 * (hosts - 1) / hosts;
            case HALVING_DOUBLING:
                return bufferBytes / (1L << halving(step) + 1);
            default:
                return bufferBytes / hosts;
        }
    }

    /** Returns the rank that a rank sends to in a step. */
    public int target(int step, int rank) {
        switch (algorithm) {
            case RING:
                return rank + 1 == hosts ? 0 : rank + 1;
            case HALVING_DOUBLING:
                return rank ^ hosts >> halving(step) + 1;
            default:
                int next = rank + step + 1;
                return next < hosts ? next : next - hosts;
        }
    }

    /** Half of the buffer goes half the ranks away, a quarter a quarter ...; then all of it back. */
    private int halving(int step) {
        int halvings = Integer.numberOfTrailingZeros(hosts);
        return step < halvings ? step : 2 * halvings - 1 - step;
    }
}
