package org.cloister.ocs.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What making a circuit would change, as people see it. */
@Value.Immutable
@JsonSerialize(as = ImmutableSeenPlan.class)
@JsonDeserialize(as = ImmutableSeenPlan.class)
@JsonPropertyOrder({"removes", "makes", "keeps"})
public interface SeenPlan {

    /** Idle circuits that give way. */
    List<Joined> removes();

    /** Circuits to make. */
    List<Joined> makes();

    /** Wanted circuits that are there. */
    List<Joined> keeps();

    /** Returns how a plan is seen. */
    static SeenPlan of(CircuitPlan plan) {
        return ImmutableSeenPlan.builder().removes(Joined.of(plan.removes())).makes(Joined.of(plan.makes()))
                .keeps(Joined.of(plan.keeps())).build();
    }

    /** Two ports of an optical switch. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableJoined.class)
    @JsonDeserialize(as = ImmutableJoined.class)
    @JsonPropertyOrder({"switch", "ports"})
    interface Joined {

        /** The optical switch. */
        @JsonProperty("switch")
        String opticalSwitch();

        /** The two ports, sorted. */
        List<String> ports();

        private static List<Joined> of(Collection<OpticalCircuit> circuits) {
            return circuits.stream().map(each -> ImmutableJoined.builder().opticalSwitch(each.opticalSwitch())
                    .addPorts(each.one(), each.other()).build()).collect(Collectors.toList());
        }
    }
}
