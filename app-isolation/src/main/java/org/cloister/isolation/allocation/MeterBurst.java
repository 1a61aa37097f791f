package org.cloister.isolation.allocation;

/**
 * How much a member's meter lets through at once after a silence. Too little, and TCP, which sends a window at a time
 * and is policed rather than shaped, stays far below its rate; too much, and a sender exceeds its rate for longer than
 * a switch's buffers last.
 *
 * <p>Over a fabric's short paths TCP empties the bucket at the speed of the port, loses most of a window, and then
 * often waits for its retransmission timer, which on Linux runs for 200 ms and a clock tick at least. What the bucket
 * cannot take in during that silence is lost to the sender for good, so the bucket holds that time's worth. Measured
 * on a meter of Open vSwitch, one stream of TCP (cubic): of 10 Mbit/s a burst of 50 ms lets it have 36 %, 100 ms 48 %,
 * 200 ms 93 %, 250 ms 97 %; of 200 Mbit/s 69 %, 95 % and 95 % with 100, 200 and 250 ms.
 *
 * <p>The burst is what the rate brings in {@link #MILLIS}, and no less than {@link #LEAST_BITS}: the largest segments
 * that a host hands to its NIC arrive at a software switch in one piece. Rounded up to whole kbit, the unit of
 * OpenFlow's bursts.
 */
public final class MeterBurst {

    /** For how long at the full rate a burst would last, milliseconds: TCP's shortest silence and some. */
    static final long MILLIS = 250;

    /** The least burst, bits: two segments of 64 KiB. */
    static final long LEAST_BITS = 2 * 65_536 * 8;

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
