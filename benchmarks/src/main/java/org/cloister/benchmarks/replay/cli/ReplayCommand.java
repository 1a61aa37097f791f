package org.cloister.benchmarks.replay.cli;

import org.cloister.benchmarks.replay.Discipline;
import org.cloister.benchmarks.replay.ImmutableReplaySettings;
import org.cloister.benchmarks.replay.JobModel;
import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.Replay;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.benchmarks.replay.ReplayRow;
import org.cloister.benchmarks.replay.ReplaySettings;
import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceSource;
import org.cloister.benchmarks.replay.files.BadFileException;
import org.cloister.benchmarks.replay.files.FabricFile;
import org.cloister.benchmarks.replay.files.TraceFile;
import org.cloister.benchmarks.replay.files.TraceWriter;
import org.cloister.benchmarks.replay.report.Outcome;
import org.cloister.benchmarks.replay.report.ReplayTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** {@code bin/replay}: reads fabric and trace, replays, prints the table and writes the reports. */
@Command(name = "bin/replay", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Replays a job trace on a fabric by discrete-event simulation: waiting and completion times,"
                + " utilisation and fragmentation under several policies, over the offered load.", ""},
        footer = {"", "FABRIC and TRACE to begin with are in benchmarks/fabrics and benchmarks/traces."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:replayed", "1:something went wrong", "2:an option or a file is wrong"})
public final class ReplayCommand implements Callable<Integer> {

    /** With as many seeds, all loads, policies and jobs, a report says that it is of a full run. */
    private static final int CAMPAIGN_SEEDS = 5;
    /** As many as the shorter of the published workloads has. */
    private static final int CAMPAIGN_JOBS = 5_000;
    private static final String DEFAULT_LOADS = "0.4,0.5,0.6,0.7,0.8,0.9,0.95";
    private static final int MOST_SEEDS = 1_000;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FABRIC", description = "a JSON file: the fabric in numbers, or Cloister's own"
            + " network configuration")
    private Path fabricFile;

    @Parameters(index = "1", paramLabel = "TRACE", description = "a CSV file with the columns '#job id',"
            + " 'arrival time (sec)', 'size', 'duration (sec)' and, if known, 'iterations', 'collective',"
            + " 'buffer (bytes)'; or generate:ocs-vclos[?jobs=5000&seed=1], generate:laas[?mean=8&jobs=10000&seed=1]")
    private String trace;

    @Option(names = "--policies", paramLabel = "LIST", converter = Lists.Policies.class,
            description = "ideal, ecmp-1, ecmp-4, ecmp-16 (queue pairs per flow; ecmp: all three), spray, vclos, laas,"
                    + " cloister, cloister-ocs (default: all that the fabric can have)")
    private List<Policy> policies;

    @Option(names = "--loads", paramLabel = "LIST", converter = Lists.Loads.class,
            defaultValue = DEFAULT_LOADS,
            description = "offered loads that arrivals are scaled to (default: ${DEFAULT-VALUE})")
    private List<Double> loads;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "5",
            description = "how often each is replayed, each time with other random choices; from 5 on, and with all"
                    + " policies, loads and jobs, the report's mode is full (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(names = "--jobs", paramLabel = "N", description = "only the first N jobs of the trace")
    private Integer jobs;

    @Option(names = "--model", paramLabel = "bulk|iterations", defaultValue = "bulk", description =
            "bulk: a job computes once, then communicates once; iterations: it does both over and over"
                    + " (default: ${DEFAULT-VALUE})")
    private String model;

    @Option(names = "--backfill", description = "a job may overtake if that delays none before it (EASY); else first in,"
            + " first out")
    private boolean backfill;

    @Option(names = "--circuit-delay", paramLabel = "SECONDS",
            description = "how long a job waits for circuits that are moved for it (default: what FABRIC says)")
    private Double circuitDelay;

    @Option(names = "--exact", description = "works out shared rates step by step, however long that takes")
    private boolean exact;

    @Option(names = "--drop-larger", description = "leaves out jobs larger than the fabric; else they are refused")
    private boolean dropLarger;

    @Option(names = "--out", paramLabel = "DIR", description = "where reports go (default: target/reports of the"
            + " repository)")
    private Path directory;

    @Option(names = "--name", paramLabel = "NAME", description = "reports are replay-NAME.json, .csv and .svg (default:"
            + " the names of the files FABRIC and TRACE, with the options that make another replay of them)")
    private String name;

    @Option(names = "--write-trace", paramLabel = "FILE", description = "writes the trace, of the first seed if it is"
            + " generated, as CSV, and ends")
    private Path written;

    private final boolean isTerminal;

    ReplayCommand(boolean isTerminal) {
        this.isTerminal = isTerminal;
    }

    /** Runs it and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(System.console() != null).execute(arguments));
    }

    static CommandLine commandLine(boolean isTerminal) {
        return new CommandLine(new ReplayCommand(isTerminal)).setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof BadFileException) {
                line.getErr().println("replay: " + e.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            throw e;
        });
    }

    @Override
    public Integer call() throws BadFileException, IOException {
        require(name == null || name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"), "--name: '" + name
                + "' is not a name of letters, digits, dots, dashes");
        ReportFiles files = new ReportFiles(directory, name != null ? name : defaultName());
        if (written == null) {
            files.clear();
        }
        PrintWriter out = spec.commandLine().getOut();
        FabricFile read = FabricFile.read(fabricFile);
        ReplayFabric fabric = read.fabric();
        read.notes().forEach(note -> out.println("replay: " + fabricFile + ": " + note));
        ReplaySettings settings = settings(fabric);
        TraceInput input = TraceInput.read(trace, fabric, dropLarger, jobs);
        input.notes().forEach(note -> out.println("replay: " + trace + ": " + note));
        TraceSource source = input.source();
        Trace first = source.trace(settings.seeds().get(0));
        if (written != null) {
            TraceWriter.write(first, written);
            out.println("replay: wrote " + first.jobs().size() + " jobs to " + written);
            return 0;
        }
        TraceFile.checkSpan(trace, first);
        if (isCampaign(first)) {
            System.setProperty("cloister.mode", "full");
        }
        int replays = settings.policies().size() * settings.loads().size() * settings.seeds().size();
        out.println("replay: " + replays + " replays of " + first.jobs().size() + " jobs on "
                + fabric.leaves() * fabric.hostsPerLeaf() + " hosts");
        out.flush();
        Outcome outcome = replay(fabric, source, first, settings, files);
        out.println();
        out.println(ReplayTable.of(outcome));
        files.write(outcome).forEach(file -> out.println("replay: wrote " + file));
        out.flush();
        return 0;
    }

    /** Replays; what there is so far outlives a failure. */
    private Outcome replay(ReplayFabric fabric, TraceSource source, Trace first, ReplaySettings settings,
            ReportFiles files) throws IOException {
        Progress progress = new Progress(System.err, isTerminal, settings.policies().size() * settings.loads().size()
                * settings.seeds().size(), System::nanoTime);
        try {
            List<ReplayRow> rows = Replay.run(fabric, source, settings, progress,
                    soFar -> files.writeSoFar(new Outcome(fabric, first, settings, soFar)));
            progress.end();
            return new Outcome(fabric, first, settings, rows);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whether it is all of a recorded trace, or enough of a generated one, over all loads under all policies. */
    private boolean isCampaign(Trace first) {
        return seeds >= CAMPAIGN_SEEDS && policies == null && jobs == null
                && loads.equals(new Lists.Loads().convert(DEFAULT_LOADS))
                && (!TraceInput.isGenerated(trace) || first.jobs().size() >= CAMPAIGN_JOBS);
    }

    /** Known before any file is read, so that a mistake in one leaves no report of an earlier run. */
    private String defaultName() {
        StringBuilder text = new StringBuilder(FabricFile.name(fabricFile)).append('-').append(TraceInput.name(trace));
        if (!model.equals(JobModel.BULK.text())) {
            text.append('-').append(model);
        }
        if (backfill) {
            text.append("-backfill");
        }
        if (circuitDelay != null) {
            text.append("-delay-").append(circuitDelay);
        }
        return text.toString().replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    private ReplaySettings settings(ReplayFabric fabric) {
        require(seeds >= 1, "--seeds: " + seeds + " is not at least 1");
        require(seeds <= MOST_SEEDS, "--seeds: " + seeds + " is more than " + MOST_SEEDS);
        require(jobs == null || jobs >= 1, "--jobs: " + jobs + " is not at least 1");
        require(circuitDelay == null || circuitDelay >= 0 && circuitDelay < Double.POSITIVE_INFINITY,
                "--circuit-delay: " + circuitDelay + " is not a number of seconds");
        if (policies != null) {
            policies.forEach(policy -> require(policy.isPossibleOn(fabric), "--policies: " + policy.text()
                    + " needs a fabric with optical switches (ocs), which " + fabric.name() + " has not"));
        }
        ImmutableReplaySettings.Builder settings = ReplaySettings.builder()
                .policies(policies != null ? policies : Arrays.stream(Policy.values())
                        .filter(policy -> policy.isPossibleOn(fabric)).collect(Collectors.toList()))
                .loads(loads)
                .seeds(LongStream.rangeClosed(1, seeds).boxed().collect(Collectors.toList()))
                .jobModel(JobModel.of(model).orElseThrow(() -> wrong("--model: '" + model + "' is not one of "
                        + JobModel.texts())))
                .discipline(backfill ? Discipline.BACKFILL : Discipline.FIFO)
                .exact(exact);
        if (circuitDelay != null) {
            settings.circuitSeconds(circuitDelay);
        }
        return settings.build();
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw wrong(message);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
