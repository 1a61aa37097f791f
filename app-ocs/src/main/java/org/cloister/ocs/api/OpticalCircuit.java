package org.cloister.ocs.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.Comparator;

/** A cross-connection of two ports of one optical switch, both ways. */
@Value.Immutable
@JsonSerialize(as = ImmutableOpticalCircuit.class)
@JsonDeserialize(as = ImmutableOpticalCircuit.class)
public abstract class OpticalCircuit implements Comparable<OpticalCircuit> {

    private static final Comparator<OpticalCircuit> ORDER = Comparator.comparing(OpticalCircuit::opticalSwitch)
            .thenComparing(OpticalCircuit::one).thenComparing(OpticalCircuit::other);

    /** The optical switch's name: its device id in ONOS is {@code ocs:NAME}. */
    @JsonProperty("switch")
    public abstract String opticalSwitch();

    /** The port whose name sorts first. */
    public abstract String one();

    /** The other port. */
    public abstract String other();

    /**
     * Returns a circuit between two ports, given in whatever order.
     *
     * @throws IllegalArgumentException if the ports are the same
     */
    public static OpticalCircuit of(String opticalSwitch, String port, String otherPort) {
        boolean sorted = port.compareTo(otherPort) < 0;
        return ImmutableOpticalCircuit.builder().opticalSwitch(opticalSwitch)
                .one(sorted ? port : otherPort).other(sorted ? otherPort : port).build();
    }

    @Value.Check
    protected void checkDifferent() {
        if (one().compareTo(other()) >= 0) {
            throw new IllegalArgumentException("circuit of ports " + one() + " and " + other() + " of "
                    + opticalSwitch() + ": two different ports are needed, in order");
        }
    }

    /** Returns whether a circuit needs a port of this one. */
    public boolean meets(OpticalCircuit circuit) {
        return opticalSwitch().equals(circuit.opticalSwitch()) && (one().equals(circuit.one())
                || one().equals(circuit.other()) || other().equals(circuit.one()) || other().equals(circuit.other()));
    }

    @Override
    public int compareTo(OpticalCircuit circuit) {
        return ORDER.compare(this, circuit);
    }

    @Override
    public String toString() {
        return opticalSwitch() + " " + one() + " to " + other();
    }
}
