package org.cloister.benchmarks.replay.job;

/**
 * Random numbers that are the same on every machine and with every version of Java: SplitMix64 (Steele, Lea and Flood,
 * OOPSLA'14), written out.
 */
public final class Draws {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    /** What numbers are drawn for: each purpose has its own, so that none hangs on another. */
    public enum Purpose {

        /** What a job does. */
        PLAN,
        /** Which ways the connections of a job are hashed to. */
        HASH,
        /** Where in its steps a sample of a job begins. */
        SAMPLE
    }

    /** Begins with a seed, what the numbers are for, and the number of what has them. */
    public Draws(long seed, Purpose purpose, long number) {
        this(seed, mix(purpose.ordinal()) + number);
    }

    /** Begins with a seed and the number of what has them. */
    public Draws(long seed, long number) {
        this.state = mix(seed * GAMMA + mix(number + GAMMA));
    }

    /** Returns the next number of all 64 bits. */
    public long next() {
        state += GAMMA;
        return mix(state);
    }

    /** Returns the next number from 0 to below 1. */
    public double nextDouble() {
        return (next() >>> 11) * UNIT;
    }

    /** Returns the next number from one to below another. */
    public double nextDouble(double from, double to) {
        return from + (to - from) * nextDouble();
    }

    /** Returns the next number from 0 to below a bound. */
    public int nextInt(int bound) {
        return below(next(), bound);
    }

    /** Returns a number from 0 to below a bound that hangs on the upper bits of a hash. */
    public static int below(long hash, int bound) {
        return (int) ((hash >>> 32) * bound >>> 32);
    }

    /** Returns a number in which each bit hangs on all bits of another. */
    public static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
