package org.cloister.isolation.allocation;

/**
 * What a meter can hold a sender to. The bands of OpenFlow meters count whole kbit/s (1,000 bit/s), so of the rate
 * that a scheduler asks the part below 1 kbit/s is neither enforced nor reserved: everything that follows, the ledger
 * first, works with the enforced rate. A meter counts frames as the member's leaf receives them, without preamble and
 * inter-frame gap.
 */
public final class MeterRate {

    /** One step of a meter, bit/s. */
    public static final long STEP = 1_000;

    private MeterRate() {
    }

    /** Returns what is enforced of a rate in bit/s: rounded down to whole kbit/s; 0 if no meter can express it. */
    public static long enforced(long bitsPerSecond) {
        return bitsPerSecond / STEP * STEP;
    }
}
