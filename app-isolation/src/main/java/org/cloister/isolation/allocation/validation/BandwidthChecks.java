package org.cloister.isolation.allocation.validation;

import org.cloister.isolation.allocation.MeterRate;
import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.ProblemType;

import java.util.OptionalLong;

/** Checks what a specification says of rates against what the fabric can carry and its meters can enforce. */
final class BandwidthChecks {

    private static final String GUARANTEED = "/bandwidth/guaranteedBitsPerSecond";
    private static final String LIMIT = "/bandwidth/limitBitsPerSecond";

    private BandwidthChecks() {
    }

    /**
     * Adds what is wrong.
     *
     * @param portBitsPerSecond what a host's port carries, bit/s
     */
    static void check(Bandwidth bandwidth, long portBitsPerSecond, FieldErrors errors) {
        if (bandwidth.mode() == Bandwidth.Mode.EXCLUSIVE) {
            bandwidth.guaranteedBitsPerSecond().ifPresent(rate -> errors.add(ProblemType.INVALID_REQUEST, GUARANTEED,
                    rate, "exclusive links have no rate, " + rate + " was given"));
            bandwidth.limitBitsPerSecond().ifPresent(rate -> errors.add(ProblemType.INVALID_REQUEST, LIMIT,
                    rate, "exclusive links have no limit, " + rate + " was given"));
            return;
        }
        OptionalLong guaranteed = bandwidth.guaranteedBitsPerSecond();
        if (guaranteed.isEmpty()) {
            errors.add(ProblemType.INVALID_REQUEST, GUARANTEED, null, "shared links need a guaranteed rate in bit/s");
        } else {
            checkGuaranteed(guaranteed.getAsLong(), portBitsPerSecond, errors);
        }
        bandwidth.limitBitsPerSecond().ifPresent(limit -> checkLimit(limit, guaranteed, errors));
    }

    private static void checkGuaranteed(long rate, long portBitsPerSecond, FieldErrors errors) {
        if (rate <= 0) {
            errors.add(ProblemType.INVALID_REQUEST, GUARANTEED, rate, "a rate of " + rate + " bit/s is not above 0");
        } else if (rate > portBitsPerSecond) {
            errors.add(ProblemType.RATE_EXCEEDS_PORT, GUARANTEED, rate, "a rate of " + rate
                    + " bit/s is more than the " + portBitsPerSecond + " bit/s of a host's port");
        } else if (MeterRate.enforced(rate) == 0) {
            errors.add(ProblemType.NOT_ENFORCEABLE, GUARANTEED, rate, "a rate of " + rate
                    + " bit/s cannot be enforced: meters count whole kbit/s, so " + MeterRate.STEP
                    + " bit/s is the least");
        }
    }

    private static void checkLimit(long limit, OptionalLong guaranteed, FieldErrors errors) {
        if (limit <= 0) {
            errors.add(ProblemType.INVALID_REQUEST, LIMIT, limit, "a limit of " + limit + " bit/s is not above 0");
        } else if (guaranteed.isPresent() && limit < guaranteed.getAsLong()) {
            errors.add(ProblemType.INVALID_REQUEST, LIMIT, limit, "a limit of " + limit
                    + " bit/s is below the guaranteed " + guaranteed.getAsLong() + " bit/s");
        } else if (guaranteed.isPresent() && limit > guaranteed.getAsLong()) {
            errors.add(ProblemType.NOT_ENFORCEABLE, LIMIT, limit, "a limit of " + limit + " bit/s is above the "
                    + "guaranteed " + guaranteed.getAsLong() + " bit/s: switches without a queue for each slice cannot "
                    + "keep what one sends beyond its guarantee from the guarantees of others");
        }
    }
}
