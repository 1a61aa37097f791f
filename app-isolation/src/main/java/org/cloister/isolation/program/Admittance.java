package org.cloister.isolation.program;

import org.immutables.value.Value;

import java.util.Map;

/** How the host ports of a slice admit: at which priority, and through which meters. */
@Value.Immutable
public interface Admittance {

    /** The priority. */
    @Value.Default
    default AdmitLevel level() {
        return AdmitLevel.FIRST;
    }

    /**
     * ONOS's id of each limited member's meter on its leaf, by rank. A limited member that is not here is not admitted
     * at all: it would send more than others have left it room for.
     */
    Map<Integer, Long> meters();

    /** Returns an admittance without meters. */
    static Admittance at(AdmitLevel level) {
        return ImmutableAdmittance.builder().level(level).build();
    }

    /** Returns a builder. */
    static ImmutableAdmittance.Builder builder() {
        return ImmutableAdmittance.builder();
    }
}
