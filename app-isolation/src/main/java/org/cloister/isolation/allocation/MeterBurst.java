package org.cloister.isolation.allocation;

/**
 * How much a member's meter lets through at once after a silence. Too little, and TCP, which sends a window at a time
 * and is policed rather than shaped, stays far below its rate; too much, and a sender exceeds its rate for longer than
 * a switch's buffers last.
 *
 * <p>The burst is what the rate brings in {@link #MILLIS}, and no less than {@link #LEAST_BITS}: some of the largest
 * segments that a host hands to its NIC, which arrive at a software switch in one piece. Rounded up to whole kbit, the
 * unit of OpenFlow's bursts.
 */
public final class MeterBurst {

    /** For how long at the full rate a burst would last, milliseconds. */
    static final long MILLIS = 100;

    /** The least burst, bits: eight segments of 64 KiB. */
    static final long LEAST_BITS = 8 * 65_536 * 8;

    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long STEP = 1_000;

    private MeterBurst() {
    }

    /** Returns the burst of a meter of a rate in bit/s: bits, a whole number of kbit. */
    public static long bits(long bitsPerSecond) {
        long burst = Math.max(LEAST_BITS, bitsPerSecond / MILLIS_PER_SECOND * MILLIS);
        return (burst + STEP - 1) / STEP * STEP;
    }
}
