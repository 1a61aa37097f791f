package org.cloister.benchmarks.jmh;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Has JMH measure cases one by one, each in a Java VM of its own, and keeps what JMH says in a log. */
final class JmhRun {

    private static final int HALF = 50;
    private static final int NEARLY_ALL = 99;
    /** How long one iteration may last beyond its time before JMH gives it up. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final OutputFormat log;

    JmhRun(PrintStream log) {
        this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
    }

    /** Returns the cases of all benchmarks on the class path, sorted by name. */
    List<BenchmarkCase> cases() {
        return BenchmarkList.defaultList().getAll(log, List.of()).stream()
                .flatMap(entry -> BenchmarkCase.of(entry).stream()).collect(Collectors.toList());
    }

    /**
     * Measures one.
     *
     * @throws RunnerException if the benchmark fails; what it said is in the log
     */
    Timed measure(BenchmarkCase what, Effort effort) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(what.fullName()) + "$")
                .mode(Mode.SampleTime).timeUnit(TimeUnit.MICROSECONDS)
                .forks(1).threads(1).shouldFailOnError(true).timeout(time(DEADLINE))
                .warmupIterations(1).warmupTime(time(effort.warmUp()))
                .measurementIterations(1).measurementTime(time(effort.measurement()));
        what.parameters().forEach((name, value) -> options.param(name, value));
        RunResult result = new Runner(options.build(), log).runSingle();
        Statistics times = result.getPrimaryResult().getStatistics();
        return new Timed(what, times.getPercentile(HALF), times.getPercentile(NEARLY_ALL), times.getN());
    }

    private static TimeValue time(Duration duration) {
        return TimeValue.milliseconds(duration.toMillis());
    }
}
