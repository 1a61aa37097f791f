package org.cloister.ocs.control;

import org.immutables.value.Value;

import java.util.List;

/** Something about a circuit that is not as it should be. */
@Value.Immutable
interface Finding {

    /** What kind of thing it is. */
    Kind kind();

    /** In words that name switch and port. */
    String reason();

    /** The ports that are faulty, as far as that can be told. */
    List<String> ports();

    static Finding of(Kind kind, String reason, List<String> ports) {
        return ImmutableFinding.builder().kind(kind).reason(reason).ports(ports).build();
    }

    /** Kinds of findings, the most telling ones first. */
    enum Kind {
        /** The neighbour is not the planned one. */
        MISSTEERED,
        /** The switch says that it does not work. */
        BROKEN,
        /** The switch does not show it. */
        MISSING,
        /** There is too little light, or none. */
        DARK,
        /** It has not settled. */
        UNSETTLED,
        /** A packet port has no carrier. */
        NO_CARRIER,
        /** The planned neighbours do not hear each other. */
        UNHEARD,
        /** It cannot be seen. */
        UNSEEN;

        /** Returns whether waiting does not help. */
        boolean isDefinite() {
            return this == MISSTEERED || this == BROKEN || this == MISSING;
        }
    }
}
