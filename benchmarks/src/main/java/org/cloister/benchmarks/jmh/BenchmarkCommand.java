package org.cloister.benchmarks.jmh;

import org.cloister.testing.Reports;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code bin/benchmark}: measures, prints a table and writes {@code decision.json}. Times are told, never judged. */
@Command(name = "bin/benchmark", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures how long decisions take, with JMH, prints p50 and p99 of each class of decision and"
                + " writes target/reports/decision.json.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything was measured", "1:a benchmark failed", "2:an option is wrong"})
public final class BenchmarkCommand implements Callable<Integer> {

    static final String REPORT = "decision";

    @Option(names = "--only", paramLabel = "REGEX",
            description = "only benchmarks whose name (see --list) contains a match; they go into no report")
    private Pattern only;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "90",
            description = "how long a short run takes, about (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--full", description = "14 s for each, and those that are too long for a short run")
    private boolean full;

    @Option(names = "--list", description = "names what would be measured, and ends")
    private boolean list;

    private final PrintStream out;

    BenchmarkCommand(PrintStream out) {
        this.out = out;
    }

    /** Runs it and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchmarkCommand(System.out)).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        if (full) {
            System.setProperty("cloister.mode", "full");
        }
        Path logFile = Files.createDirectories(Reports.directory()).resolve(REPORT + ".log");
        try (PrintStream log = new PrintStream(logFile.toFile(), StandardCharsets.UTF_8)) {
            JmhRun jmh = new JmhRun(log);
            List<BenchmarkCase> cases = jmh.cases().stream().filter(this::isWanted).collect(Collectors.toList());
            if (list) {
                cases.forEach(out::println);
                return 0;
            }
            return measure(jmh, cases, logFile);
        }
    }

    private int measure(JmhRun jmh, List<BenchmarkCase> cases, Path logFile) throws IOException {
        Effort effort = full ? Effort.full() : Effort.shared(Duration.ofSeconds(seconds), cases.size());
        out.printf(Locale.ROOT, "benchmark: %d classes of decisions, about %d s; JMH's own words: %s%n", cases.size(),
                effort.each().multipliedBy(cases.size()).toSeconds(), logFile);
        if (only == null) {
            Reports.clear(REPORT);
        }
        List<Timed> timed = new ArrayList<>();
        List<BenchmarkCase> failed = new ArrayList<>();
        for (BenchmarkCase each : cases) {
            out.printf(Locale.ROOT, "benchmark: %3d/%d %s: ", timed.size() + failed.size() + 1, cases.size(), each);
            out.flush();
            try {
                Timed result = jmh.measure(each, effort);
                timed.add(result);
                out.printf(Locale.ROOT, "p50 %.1f us, p99 %.1f us%n", result.p50Micros(), result.p99Micros());
            } catch (RunnerException e) {
                failed.add(each);
                out.printf("failed: %s%n", e.getMessage());
            }
        }
        out.print(DecisionTable.of(timed));
        if (only == null) {
            out.printf("benchmark: wrote %s%n", Reports.write(REPORT, failed.isEmpty(), Map.of("rows",
                    timed.stream().map(Timed::row).collect(Collectors.toList()))));
        }
        failed.forEach(each -> out.printf("benchmark: failed: %s; see %s%n", each, logFile));
        return failed.isEmpty() && !timed.isEmpty() ? 0 : 1;
    }

    private boolean isWanted(BenchmarkCase each) {
        return (full || !each.isFullOnly()) && (only == null || only.matcher(each.toString()).find());
    }
}
