package org.cloister.isolation.program;

import org.immutables.value.Value;

/** Choices that a compiler leaves to its user. */
@Value.Immutable
public interface CompilerOptions {

    /**
     * Whether spines match prefixes that cover a leaf's members, where no member on another leaf lies within; else
     * they match every member's address.
     */
    @Value.Default
    default boolean prefixes() {
        return true;
    }

    /** Which of the two priorities host ports admit at. */
    @Value.Default
    default AdmitLevel admitLevel() {
        return AdmitLevel.FIRST;
    }

    /** Returns the defaults: prefixes, and the first level. */
    static CompilerOptions defaults() {
        return ImmutableCompilerOptions.builder().build();
    }

    /** Returns a builder. */
    static ImmutableCompilerOptions.Builder builder() {
        return ImmutableCompilerOptions.builder();
    }

    /**
     * Two generations of a slice admit the same packets under different tags. What admits at a host port does not
     * match the tag, so both can stand on a switch at once only at different priorities.
     */
    enum AdmitLevel {
        FIRST, SECOND;

        /** Returns the other one. */
        public AdmitLevel other() {
            return this == FIRST ? SECOND : FIRST;
        }
    }
}
