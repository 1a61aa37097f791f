package org.cloister.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.CircuitPlan;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What making a circuit would change. */
@Value.Immutable
@JsonSerialize(as = ImmutableCircuitPlanDocument.class)
@JsonPropertyOrder({"removes", "makes", "keeps"})
interface CircuitPlanDocument {

    /** Idle circuits that give way. */
    List<Joined> removes();

    /** Circuits to make. */
    List<Joined> makes();

    /** Circuits that are there. */
    List<Joined> keeps();

    /** Two ports of an optical switch. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableJoined.class)
    @JsonPropertyOrder({"switch", "ports"})
    interface Joined {

        /** The optical switch. */
        @JsonProperty("switch")
        String opticalSwitch();

        /** The two ports, sorted. */
        List<String> ports();
    }

    /** Returns a plan's document. */
    static CircuitPlanDocument of(CircuitPlan plan) {
        return ImmutableCircuitPlanDocument.builder().removes(joined(plan.removes())).makes(joined(plan.makes()))
                .keeps(joined(plan.keeps())).build();
    }

    private static List<Joined> joined(Collection<OpticalCircuit> circuits) {
        return circuits.stream().map(each -> ImmutableJoined.builder().opticalSwitch(each.opticalSwitch())
                .addPorts(each.one(), each.other()).build()).collect(Collectors.toList());
    }
}
