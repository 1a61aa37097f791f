package org.cloister.benchmarks.replay.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayCommandTest {

    private static final String SMALL = "fabrics/small-64.json";
    private static final String SAMPLE = "traces/sample.csv";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void forgetTheDirectory() {
        System.clearProperty("cloister.reports");
        System.clearProperty("cloister.mode");
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("FABRIC", "TRACE", "--policies", "--loads", "--seeds", "--jobs", "--model",
                "--backfill", "--circuit-delay", "--exact", "--drop-larger", "--out", "--name", "--write-trace",
                "Exit codes:");
    }

    @Test
    void aBadFabricIsToldWithFileLineAndField() throws IOException {
        Path fabric = Files.writeString(directory.resolve("fabric.json"), "{\n\"leaves\": \"four\"}");

        assertThat(run(fabric.toString(), SAMPLE)).isEqualTo(2);
        assertThat(err).hasToString("replay: " + fabric
                + ":1: /hostsPerLeaf: is missing; it must be an integer from 1 to 4096" + System.lineSeparator());
    }

    @Test
    void aBadTraceIsToldWithFileLineAndField() throws IOException {
        Path trace = Files.writeString(directory.resolve("jobs.csv"),
                "#job id,arrival time (sec),size,duration (sec)\n0,0,65,60\n");

        assertThat(run(SMALL, trace.toString())).isEqualTo(2);
        assertThat(err).hasToString("replay: " + trace + ":2: size: '65' is more than the fabric's 64 hosts;"
                + " --drop-larger leaves such jobs out" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--policies=best         | 'best' is not a policy; policies are ideal, ecmp-1, ecmp-4, ecmp-16, spray, vclos",
        "--policies=ideal,ideal  | 'ideal,ideal' names something twice",
        "--policies=cloister-ocs | --policies: cloister-ocs needs a fabric with optical switches (ocs), which small-64",
        "--loads=0.5,much        | 'much' is not a load above 0 and up to 2",
        "--loads=0               | '0' is not a load above 0 and up to 2",
        "--seeds=0               | --seeds: 0 is not at least 1",
        "--seeds=1001           | --seeds: 1001 is more than 1000",
        "--seeds=few             | 'few' is not an int",
        "--jobs=0                | --jobs: 0 is not at least 1",
        "--model=other           | --model: 'other' is not one of bulk, iterations",
        "--circuit-delay=-1      | --circuit-delay: -1.0 is not a number of seconds",
        "--name=a/b              | --name: 'a/b' is not a name of letters, digits, dots, dashes",
        "--fast                  | Unknown option: '--fast'"})
    void aBadOption(String option, String message) {
        assertThat(run(SMALL, SAMPLE, option)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void aGeneratedTraceIsWrittenAndCanBeRead() {
        Path file = directory.resolve("laas.csv");

        assertThat(run(SMALL, "generate:laas?jobs=50", "--write-trace", file.toString())).isZero();
        assertThat(out.toString()).contains("wrote 50 jobs to " + file);
        assertThat(run(SMALL, file.toString(), "--jobs=20", "--write-trace", directory.resolve("b.csv").toString()))
                .isZero();
        assertThat(directory.resolve("b.csv")).content().hasLineCount(21);
    }

    @Test
    void reportsOfAnEarlierRunDoNotSurviveAFailure() throws IOException {
        old("replay-x");
        old("replay-small-64-none");

        assertThat(run(SMALL, "none.csv", "--name=x", "--out=" + directory)).isEqualTo(2);
        assertThat(run(SMALL, "none.csv", "--out=" + directory)).isEqualTo(2);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aReportSaysThatAllIsThere() throws IOException {
        old("replay-x");

        assertThat(run(SMALL, SAMPLE, "--policies=ideal", "--loads=0.5,0.6", "--seeds=1", "--jobs=20", "--name=x",
                "--out=" + directory)).isZero();

        assertThat(directory.resolve("replay-x.json")).content().contains("\"complete\" : true", "\"passed\" : true",
                "\"mode\" : \"short\"");
        assertThat(directory.resolve("replay-x.csv")).content().hasLineCount(3);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("replay-x.json", "replay-x.csv",
                "replay-x.svg");
    }

    @Test
    void replaysOfOtherModelsHaveOtherNames() {
        assertThat(run(SMALL, SAMPLE, "--policies=ideal", "--loads=0.5", "--seeds=1", "--jobs=20", "--backfill",
                "--model=iterations", "--circuit-delay=6", "--out=" + directory)).isZero();
        assertThat(run(SMALL, "generate:laas?jobs=50&mean=4", "--policies=ideal", "--loads=0.5", "--seeds=1",
                "--out=" + directory)).isZero();

        assertThat(directory.resolve("replay-small-64-sample-iterations-backfill-delay-6.0.json")).exists();
        assertThat(directory.resolve("replay-small-64-laas-jobs-50-mean-4.json")).exists();
    }

    @Test
    void aFullRunHasAllPoliciesLoadsAndJobs() throws IOException {
        Path trace = Files.writeString(directory.resolve("jobs.csv"),
                "#job id,arrival time (sec),size,duration (sec)\n0,0,2,60\n1,9,2,60\n2,12,2,60\n");

        assertThat(run(SMALL, trace.toString(), "--name=full", "--out=" + directory)).isZero();
        assertThat(directory.resolve("replay-full.json")).content().contains("\"mode\" : \"full\"");
        System.clearProperty("cloister.mode");
        assertThat(run(SMALL, trace.toString(), "--name=short", "--loads=0.5", "--out=" + directory)).isZero();
        assertThat(directory.resolve("replay-short.json")).content().contains("\"mode\" : \"short\"");
    }

    @Test
    void jobsThatAllArriveAtOnceHaveNoLoad() throws IOException {
        Path trace = Files.writeString(directory.resolve("jobs.csv"),
                "#job id,arrival time (sec),size,duration (sec)\n0,7,2,60\n1,7,2,60\n2,8,2,60\n");

        assertThat(run(SMALL, trace.toString(), "--jobs=2", "--out=" + directory)).isEqualTo(2);
        assertThat(err.toString()).contains("jobs.csv: arrival time (sec): all 2 jobs arrive at once, at 7.0");
        assertThat(run(SMALL, trace.toString(), "--jobs=1", "--out=" + directory)).isEqualTo(2);
        assertThat(err.toString()).contains("arrival time (sec): there is only one job");
    }

    private void old(String name) throws IOException {
        for (String ending : new String[] {"json", "csv", "svg"}) {
            Files.writeString(directory.resolve(name + "." + ending), "old");
        }
    }

    private int run(String... arguments) {
        CommandLine line = ReplayCommand.commandLine(false);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
