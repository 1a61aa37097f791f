package org.cloister.isolation.fabric;

import org.immutables.value.Value;

import java.util.Comparator;

/** A cross-connection of two ports of one optical switch, both ways, as it was observed. */
@Value.Immutable
public abstract class Circuit implements Comparable<Circuit> {

    private static final Comparator<Circuit> ORDER = Comparator.comparing(Circuit::opticalSwitch)
            .thenComparing(Circuit::one).thenComparing(Circuit::other);

    /** The optical switch's name, as in {@code fibres}. */
    public abstract String opticalSwitch();

    /** The port whose name sorts first. */
    public abstract String one();

    /** The other port. */
    public abstract String other();

    /** Whether somebody else made it: it is shown and never touched. */
    @Value.Default
    public boolean foreign() {
        return false;
    }

    /** Returns a circuit of ours between two ports, in whatever order. */
    public static Circuit of(String opticalSwitch, String port, String otherPort) {
        boolean sorted = port.compareTo(otherPort) < 0;
        return ImmutableCircuit.builder().opticalSwitch(opticalSwitch)
                .one(sorted ? port : otherPort).other(sorted ? otherPort : port).build();
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
}
