package org.cloister.isolation.fabric;

import org.immutables.value.Value;

import java.util.Comparator;

/**
 * A cross-connection of two ports of one optical switch, both ways, as it was observed. Circuits are sorted, and found
 * in sorted sets, by their ports alone.
 */
@Value.Immutable
public abstract class Circuit implements Comparable<Circuit> {

    /** The state of a circuit that carries light. */
    public static final String CONNECTED = "CONNECTED";

    /** The state of a circuit that somebody wants and that is not in the optical switch. */
    public static final String PLANNED = "PLANNED";

    /** The state of a circuit of which the optical switch does not tell whether it carries light. */
    public static final String UNKNOWN = "UNKNOWN";

    private static final Comparator<Circuit> ORDER = Comparator.comparing(Circuit::opticalSwitch)
            .thenComparing(Circuit::one).thenComparing(Circuit::other);

    /** The optical switch's name, as in {@code fibres}. */
    public abstract String opticalSwitch();

    /** The port whose name sorts first. */
    public abstract String one();

    /** The other port. */
    public abstract String other();

    /** What the optical switch says of it: {@link #CONNECTED}, or why it carries nothing. */
    @Value.Default
    public String state() {
        return CONNECTED;
    }

    /** Whether somebody else made it: it is shown and never touched. */
    @Value.Default
    public boolean foreign() {
        return false;
    }

    /** Whether somebody demands it who is no slice: links over it may be used, and it never gives way. */
    @Value.Default
    public boolean claimed() {
        return false;
    }

    /** Returns whether it gives way to nobody, whatever slices hold. */
    public boolean fixed() {
        return foreign() || claimed();
    }

    /**
     * Returns whether it carries light, as far as the optical switch knows; where that does not tell, those tell who
     * discover the link.
     */
    public boolean connected() {
        return state().equals(CONNECTED) || state().equals(UNKNOWN);
    }

    /** Returns a circuit of ours between two ports, in whatever order. */
    public static Circuit of(String opticalSwitch, String port, String otherPort) {
        boolean sorted = port.compareTo(otherPort) < 0;
        return ImmutableCircuit.builder().opticalSwitch(opticalSwitch)
                .one(sorted ? port : otherPort).other(sorted ? otherPort : port).build();
    }

    /** Returns whether it needs a port of another one. */
    public boolean meets(Circuit other) {
        return opticalSwitch().equals(other.opticalSwitch()) && (one().equals(other.one())
                || one().equals(other.other()) || other().equals(other.one()) || other().equals(other.other()));
    }

    @Value.Check
    protected void checkOrder() {
        if (one().compareTo(other()) >= 0) {
            throw new IllegalArgumentException("circuit of ports " + one() + " and " + other() + " of "
                    + opticalSwitch() + ": one must sort before other");
        }
    }

    @Override
    public int compareTo(Circuit circuit) {
        return ORDER.compare(this, circuit);
    }

    @Override
    public String toString() {
        return opticalSwitch() + " " + one() + " to " + other();
    }
}
