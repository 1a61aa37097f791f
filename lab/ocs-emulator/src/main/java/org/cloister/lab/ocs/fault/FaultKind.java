package org.cloister.lab.ocs.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can go wrong, with the parameters that say where and how; parameters in brackets may be left out. */
public enum FaultKind {
    /**
     * {@code port}, [{@code mode}]: a mirror that does not obey from now on. {@code pending} (the default): connections
     * stay pending; {@code failed}: they fail; {@code old}: they fail and light still goes where it went.
     */
    STUCK_MIRROR("port", "mode"),
    /** {@code port}, [{@code to}]: joined with another port than the switch says, by default the first idle one. */
    MIS_STEER("port", "to"),
    /** {@code port}: its fibre is cut; the ends of the circuit lose their carriers, the switch sees no light come in. */
    LOSS_OF_LIGHT("port"),
    /** {@code port}, {@code db}: light is weaker by that much in both directions; packets still pass. */
    DEGRADED_POWER("port", "db"),
    /** {@code port}, {@code probability}: that share of packets is lost in each direction. */
    BIT_ERRORS("port", "probability"),
    /**
     * [{@code port}] or [{@code name}]: accepted, then found invalid; at once where the connection exists. Without
     * parameters all connections that are made from now on.
     */
    SET_THEN_INVALID("port", "name"),
    /** [{@code refuse}]: subscriptions are ended now and, with {@code true}, refused until cleared. */
    SUBSCRIBE_DROP("refuse"),
    /** {@code millis}: subscribers are told that much later. */
    SUBSCRIBE_LATE("millis"),
    /** Subscribers are told everything twice. */
    SUBSCRIBE_DUPLICATE(),
    /** [{@code millis}], [{@code count}]: requests are carried out and answered that much later, 60 s by default. */
    DEADLINE_BUT_APPLIED("millis", "count"),
    /** {@code millis}: no power for so long: no light and nobody answers; ends by itself. */
    COLD_REBOOT("millis"),
    /** [{@code mode}]: {@code silent} (the default): nothing is answered; {@code closed}: nobody listens. Light stays. */
    MANAGEMENT_DEAD("mode"),
    /**
     * [{@code one}, {@code other}], [{@code name}], [{@code delete}], [{@code electionId}]: somebody else writes with a
     * higher election id: makes a circuit, deletes a connection, or only wins the election.
     */
    SECOND_WRITER("one", "other", "name", "delete", "electionId"),
    /** {@code one}, {@code other}: a circuit that nobody configured. */
    HARDWARE_ONLY_CONNECTION("one", "other");

    private final Set<String> parameters;

    FaultKind(String... parameters) {
        this.parameters = Set.of(parameters);
    }

    /** Returns the kind of that name, as in {@code stuck-mirror}. */
    public static FaultKind of(String name) {
        return Arrays.stream(values()).filter(kind -> kind.label().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault: no such kind: " + name + "; there are "
                        + Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "))));
    }

    /** Returns its name in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Set<String> parameters() {
        return parameters;
    }
}
