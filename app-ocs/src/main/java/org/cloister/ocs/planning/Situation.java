package org.cloister.ocs.planning;

import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** All that planning goes by. */
@Value.Immutable
public interface Situation {

    /** The configured switches by name. */
    @Value.NaturalOrder
    SortedMap<String, SwitchFacts> switches();

    /** By owner, the circuits that nobody may take from it. */
    @Value.NaturalOrder
    SortedMap<String, SortedSet<OpticalCircuit>> held();

    /** Why a port is quarantined, by switch and port. */
    @Value.NaturalOrder
    SortedMap<String, SortedMap<String, String>> quarantine();

    /** Why no circuit may be removed at all: what is wanted is not known in full. */
    Optional<String> unreadable();

    /** Returns a builder. */
    static ImmutableSituation.Builder builder() {
        return ImmutableSituation.builder();
    }

    /** Returns why a port is quarantined. */
    default Optional<String> quarantine(String opticalSwitch, String port) {
        SortedMap<String, String> here = quarantine().get(opticalSwitch);
        return here == null ? Optional.empty() : Optional.ofNullable(here.get(port));
    }
}
