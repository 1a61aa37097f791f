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

    /** Returns the defaults: prefixes. */
    static CompilerOptions defaults() {
        return ImmutableCompilerOptions.builder().build();
    }

    /** Returns a builder. */
    static ImmutableCompilerOptions.Builder builder() {
        return ImmutableCompilerOptions.builder();
    }
}
