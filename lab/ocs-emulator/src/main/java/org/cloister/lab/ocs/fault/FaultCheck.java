package org.cloister.lab.ocs.fault;

import java.util.Set;
import java.util.TreeSet;

/** Checks what a fault is told with, before anything breaks. */
public final class FaultCheck {

    private static final double DAY_MS = 86_400_000;

    private FaultCheck() {
    }

    /**
     * Checks a fault.
     *
     * @param ports the switch's
     * @throws IllegalArgumentException naming the parameter and its value
     */
    public static void check(Fault fault, Set<String> ports) {
        for (String parameter : new String[] {"port", "to", "one", "other"}) {
            fault.text(parameter).filter(port -> !ports.contains(port)).ifPresent(port -> {
                throw new IllegalArgumentException(fault.kind().label() + ": " + parameter + ": no such port: " + port);
            });
        }
        switch (fault.kind()) {
            case STUCK_MIRROR:
                fault.required("port");
                oneOf(fault, "mode", Set.of("pending", "failed", "old"));
                break;
            case MIS_STEER:
            case LOSS_OF_LIGHT:
                fault.required("port");
                break;
            case DEGRADED_POWER:
                fault.required("port");
                fault.number("db", 0, 60);
                break;
            case BIT_ERRORS:
                fault.required("port");
                fault.number("probability", 0, 1);
                break;
            case SUBSCRIBE_LATE:
            case COLD_REBOOT:
                fault.number("millis", 0, DAY_MS);
                break;
            case DEADLINE_BUT_APPLIED:
                fault.numberOr("millis", 0, 0, DAY_MS);
                fault.numberOr("count", 1, 1, DAY_MS);
                break;
            case MANAGEMENT_DEAD:
                oneOf(fault, "mode", Set.of("silent", "closed"));
                break;
            case HARDWARE_ONLY_CONNECTION:
                differ(fault, fault.required("one"), fault.required("other"));
                break;
            case SECOND_WRITER:
                fault.text("one").ifPresent(one -> fault.required("other"));
                fault.numberOr("electionId", 0, 0, Double.MAX_VALUE);
                break;
            default:
                break;
        }
    }

    private static void differ(Fault fault, String one, String other) {
        if (one.equals(other)) {
            throw new IllegalArgumentException(fault.kind().label() + ": one and other are the same port: " + one);
        }
    }

    private static void oneOf(Fault fault, String parameter, Set<String> values) {
        fault.text(parameter).filter(value -> !values.contains(value)).ifPresent(value -> {
            throw new IllegalArgumentException(fault.kind().label() + ": " + parameter + " is none of "
                    + new TreeSet<>(values) + ": " + value);
        });
    }
}
