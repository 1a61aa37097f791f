package org.cloister.ocs.control;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;

/** The component's properties, as an administrator sets them. */
final class Tuning {

    static final String DRAINING = "drainingMillis";
    static final String SWITCHING = "switchingMillis";
    static final String VERIFYING = "verifyingMillis";
    static final String AWAITING = "awaitingMillis";
    static final String INPUT = "minimumInputDbm";
    static final String LOSS = "maximumLossDb";
    static final int DRAINING_DEFAULT = 2000;
    static final int SWITCHING_DEFAULT = 10_000;
    static final int VERIFYING_DEFAULT = 20_000;
    static final int AWAITING_DEFAULT = 15_000;
    static final String INPUT_DEFAULT = "-8.0";
    static final String LOSS_DEFAULT = "4.0";

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Dictionary<?, ?> properties;

    private Tuning(Dictionary<?, ?> properties) {
        this.properties = properties;
    }

    /** Returns the limits that properties ask for; what makes no sense is told and taken for the default. */
    static Limits limits(Dictionary<?, ?> properties) {
        Tuning tuning = new Tuning(properties == null ? new Hashtable<>() : properties);
        return ImmutableLimits.builder()
                .draining(tuning.millis(DRAINING, DRAINING_DEFAULT))
                .switching(tuning.millis(SWITCHING, SWITCHING_DEFAULT))
                .verifying(tuning.millis(VERIFYING, VERIFYING_DEFAULT))
                .awaiting(tuning.millis(AWAITING, AWAITING_DEFAULT))
                .minimumInputDbm(tuning.number(INPUT, INPUT_DEFAULT))
                .maximumLossDb(tuning.number(LOSS, LOSS_DEFAULT)).build();
    }

    private Duration millis(String name, int standard) {
        double millis = number(name, String.valueOf(standard));
        if (millis < 0 || millis > Integer.MAX_VALUE) {
            log.warn("{} is {}, which is no time; taken for {}", name, millis, standard);
            return Duration.ofMillis(standard);
        }
        return Duration.ofMillis((long) millis);
    }

    private double number(String name, String standard) {
        Object value = properties.get(name);
        if (value == null) {
            return Double.parseDouble(standard);
        }
        try {
            double number = Double.parseDouble(String.valueOf(value).trim());
            if (!Double.isNaN(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            log.debug("{} is no number", value, e);
        }
        log.warn("{} is '{}', which is no number; taken for {}", name, value, standard);
        return Double.parseDouble(standard);
    }
}
