package org.cloister.benchmarks.jmh;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A benchmark, or cases of it, that only {@code bin/benchmark --full} runs: a short run has a minute and a half for all
 * classes of decisions, and each costs the start of a Java VM.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface FullOnly {

    /** A regular expression that is found in the names of these cases (see {@code --list}); else all. */
    String value() default "";
}
