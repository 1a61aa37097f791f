package org.cloister.benchmarks.utilisation;

import java.util.SplittableRandom;

/**
 * The synthetic tenants of LaaS (Zahavi et al., ANCS'16): sizes exponential, rounded up, durations uniform in 20 to
 * 3,000 seconds. All are there at the beginning and are served first in, first out.
 */
public final class Tenants {

    private static final double SHORTEST_SECONDS = 20;
    private static final double LONGEST_SECONDS = 3_000;

    private final int[] sizes;
    private final double[] seconds;

    private Tenants(int[] sizes, double[] seconds) {
        this.sizes = sizes;
        this.seconds = seconds;
    }

    /**
     * Draws tenants.
     *
     * @param meanSize the mean of the exponential, hosts
     * @param seed the same seed gives the same tenants
     */
    public static Tenants of(int count, double meanSize, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] sizes = new int[count];
        double[] seconds = new double[count];
        for (int tenant = 0; tenant < count; tenant++) {
            sizes[tenant] = (int) Math.max(1, Math.ceil(-meanSize * StrictMath.log(1 - random.nextDouble())));
            seconds[tenant] = SHORTEST_SECONDS + random.nextDouble() * (LONGEST_SECONDS - SHORTEST_SECONDS);
        }
        return new Tenants(sizes, seconds);
    }

    /** Returns how many there are. */
    public int count() {
        return sizes.length;
    }

    /** Returns how many hosts a tenant wants. */
    public int size(int tenant) {
        return sizes[tenant];
    }

    /** Returns how long a tenant stays. */
    public double seconds(int tenant) {
        return seconds[tenant];
    }
}
