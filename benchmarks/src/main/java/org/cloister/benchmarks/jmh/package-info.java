/**
 * How long decisions take, by JMH. {@link org.cloister.benchmarks.jmh.BenchmarkCommand} ({@code bin/benchmark}) runs
 * every benchmark of this package and writes {@code decision.json}.
 *
 * <p>What a benchmark looks like, so that its rows can be told apart:
 * <ul>
 * <li>a class {@code <What>Benchmark}, {@code What} being what is timed: Placement, Routes, Rules, Optical,
 * Decision for all of it;
 * <li>a {@code @Param} field {@code fabric} with the names of fabrics ({@code laas-11664}, {@code ocs-8192});
 * <li>where there are several, a {@code @Param} field {@code engine} ({@code cloister}, {@code laas-baseline});
 * <li>any further {@code @Param} fields, whose values, joined after the method's name, are the row's class;
 * <li>{@link org.cloister.benchmarks.jmh.FullOnly} on a class or a method that is too long for a short run.
 * </ul>
 * Modes, iterations, forks and units are the runner's: annotations for these have no effect. All of them are sampled
 * ({@code Mode.SampleTime}), one decision each; a state that a decision uses up is put back within the method, or by
 * {@code Level.Invocation} where a decision takes longer than some microseconds. Everything comes from seeds.
 */
package org.cloister.benchmarks.jmh;
