package org.cloister.benchmarks.replay.files;

import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TraceFileTest {

    private static final String PUBLISHED = "#job id,arrival time (sec),topology,shape,size,duration (sec)\n";
    private static final int HOSTS = 64;

    @TempDir
    private Path directory;

    @Test
    void publishedColumnsLeaveOpenWhatJobsCommunicate() throws Exception {
        Trace trace = read(PUBLISHED + "0,0.0,CLOS,48,48,720.0\n1,5040.5,CLOS,16,16,0.0\n").trace();

        assertThat(trace.name()).isEqualTo("jobs");
        assertThat(trace.isSynthetic()).isTrue();
        assertThat(trace.jobs()).containsExactly(
                TraceJob.builder().id("0").arrivalSeconds(0).hosts(48).durationSeconds(720).build(),
                TraceJob.builder().id("1").arrivalSeconds(5040.5).hosts(16).durationSeconds(0).build());
    }

    @Test
    void columnsInAnyOrderAndWhatJobsCommunicate() throws Exception {
        Trace trace = read("Size,Buffer (bytes),collective,iterations,duration (sec),arrival time (sec),job id\n"
                + "8,1000000000,all-to-all,25,60,1e2,a\n").trace();

        assertThat(trace.isSynthetic()).isFalse();
        assertThat(trace.jobs()).containsExactly(TraceJob.builder().id("a").arrivalSeconds(100).hosts(8)
                .durationSeconds(60).iterations(25).collective(Algorithm.ALL_TO_ALL).bufferBytes(1_000_000_000)
                .build());
    }

    @Test
    void whatASpreadsheetWrites() throws Exception {
        Trace trace = read("\uFEFF\"job id\",\"arrival time (sec)\",size,duration (sec),collective\r\n"
                + "\r\n\"a, b\", 1 , 2 ,3,\r\n \r\n\"c\nd\",4,5,6,\"ring\"").trace();

        assertThat(trace.jobs()).extracting(TraceJob::id).containsExactly("a, b", "c\nd");
        assertThat(trace.jobs().get(0).collective()).isEmpty();
        assertThat(trace.jobs().get(1).collective()).contains(Algorithm.RING);
    }

    @Test
    void jobsAreSortedByArrivalAndANoteSaysSo() throws Exception {
        TraceFile file = read(PUBLISHED + "0,9,,,1,1\n1,5,,,1,1\n2,9,,,1,1\n3,5,,,1,1\n");

        assertThat(file.trace().jobs()).extracting(TraceJob::id).containsExactly("1", "3", "0", "2");
        assertThat(file.notes()).containsExactly(
                "sorted by arrival: 2 jobs arrive before the job of the line above");
    }

    @Test
    void largerJobsAreLeftOutOnRequestAndANoteSaysSo() throws Exception {
        TraceFile file = TraceFile.read(write(PUBLISHED + "0,0,,,64,1\n1,0,,,65,1\n"), HOSTS, true);

        assertThat(file.trace().jobs()).extracting(TraceJob::id).containsExactly("0");
        assertThat(file.notes()).containsExactly("left out: 1 jobs larger than the fabric's 64 hosts");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        // what the third line holds          | the field             | what is wrong
        "1,1,CLOS,8,x,60                      | size                  | 'x' is not an integer from 1 to 2147483647",
        "1,1,CLOS,8,,60                       | size                  | is empty",
        "1,1,CLOS,8,0,60                      | size                  | '0' is not an integer from 1 to 2147483647",
        "1,1,CLOS,8,2.5,60                    | size                  | '2.5' is not an integer from 1 to 2147483647",
        "1,1,CLOS,8,1e400,60                  | size                  | '1e400' is not an integer from 1 to 2147483647",
        "1,1,CLOS,8,65,60 | size | '65' is more than the fabric's 64 hosts; --drop-larger leaves such jobs out",
        "1,-1,CLOS,8,8,60                     | arrival time (sec)    | '-1' is negative",
        "1,NaN,CLOS,8,8,60                    | arrival time (sec)    | 'NaN' is not a number of seconds",
        "1,1e999999999,CLOS,8,8,60            | arrival time (sec)    | '1e999999999' is not a number of seconds",
        "1,1,CLOS,8,8,-0.5                    | duration (sec)        | '-0.5' is negative",
        "1,1,CLOS,8,8,1h                      | duration (sec)        | '1h' is not a number of seconds",
        "1,1,CLOS,8,8,2e9                     | duration (sec)        | '2e9' is more than 1000000000",
        "0,1,CLOS,8,8,60                      | job id                | '0' is the job of line 2 already",
        ",1,CLOS,8,8,60                       | job id                | is empty",
        "1,1,CLOS,8,8                         | duration (sec)        | the line has 5 columns, the heading 6"})
    void aBadJob(String line, String field, String message) throws Exception {
        BadFileException e = refusal(PUBLISHED + "0,0,CLOS,8,8,60\n" + line + "\n2,2,CLOS,8,8,60\n");

        assertThat(e.line()).isEqualTo(3);
        assertThat(e.field()).isEqualTo(field);
        assertThat(e).hasMessage(directory.resolve("jobs.csv") + ":3: " + field + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "iterations     | 0                | '0' is not an integer from 1 to 2147483647",
        "collective     | gossip           | 'gossip' is not one of ring, halving-doubling, all-to-all",
        "collective     | halving-doubling | 'halving-doubling' needs a power of two, size is 12",
        "buffer (bytes) | -1               | '-1' is not an integer from 0 to 1125899906842624"})
    void badCommunication(String column, String value, String message) throws Exception {
        BadFileException e = refusal("job id,arrival time (sec),size,duration (sec)," + column + "\n0,0,12,60,"
                + value + "\n");

        assertThat(e).hasMessageEndingWith(":2: " + column + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "job id,arrival time (sec),size                          | duration (sec) | the heading lacks this column",
        "job id,arrival time (sec),size,size,duration (sec)      | size | the heading has this column twice",
        "job id,arrival time (sec),size,duration (sec),iteration | iteration | is not a column of a trace; columns are"
                + " job id, arrival time (sec), topology, shape, size, duration (sec), iterations, collective,"
                + " buffer (bytes)"})
    void aBadHeading(String heading, String field, String message) throws Exception {
        assertThat(refusal(heading + "\n0,0,8,60,1\n")).hasMessageEndingWith("jobs.csv:1: " + field + ": " + message);
    }

    @Test
    void linesAreCountedAsAnEditorDoes() throws Exception {
        assertThat(refusal("\n" + PUBLISHED + "\r\n\"a\nb\",0,,,8,60\r\n\r\nc,0,,,x,60").line()).isEqualTo(7);
        assertThat(refusal(PUBLISHED + "a,0,,,8,60\n\"b,0,,,8,60\n")).hasMessageContaining(":3: is not CSV: ");
    }

    @Test
    void noJobs() throws Exception {
        assertThat(refusal("")).hasMessageContaining("jobs.csv:1: is empty; a trace begins with a heading");
        assertThat(refusal("\uFEFF\r\n")).hasMessageContaining(":1: is empty");
        assertThat(refusal(PUBLISHED)).hasMessageEndingWith("jobs.csv:2: no job follows the heading");
        Path large = write(PUBLISHED + "0,0,,,65,1\n");
        assertThat(catchThrowableOfType(() -> TraceFile.read(large, HOSTS, true), BadFileException.class))
                .hasMessageEndingWith(": all 1 jobs are larger than the fabric's 64 hosts");
    }

    @Test
    void noText() throws Exception {
        Path file = directory.resolve("jobs.csv");
        Files.write(file, (PUBLISHED + "\u00e4,").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(() -> TraceFile.read(file, HOSTS, false), BadFileException.class))
                .hasMessage(file + ":2: is not UTF-8 text");
        Path none = directory.resolve("none.csv");
        assertThat(catchThrowableOfType(() -> TraceFile.read(none, HOSTS, false), BadFileException.class))
                .hasMessage(none + ": there is no such file");
        assertThat(catchThrowableOfType(() -> TraceFile.read(directory, HOSTS, false), BadFileException.class))
                .hasMessageStartingWith(directory + ": cannot be read: ");
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        List<TraceJob> jobs = List.of(
                TraceJob.builder().id("a,\"b\"").arrivalSeconds(1 / 3.0).hosts(1).durationSeconds(1e-3).build(),
                TraceJob.builder().id("c").arrivalSeconds(1e8).hosts(64).durationSeconds(12_345.678).iterations(7)
                        .collective(Algorithm.HALVING_DOUBLING).bufferBytes(1L << 40).build());
        Path file = directory.resolve("jobs.csv");

        TraceWriter.write(Trace.builder().name("any").jobs(jobs).build(), file);

        assertThat(TraceFile.read(file, HOSTS, false).trace().jobs()).isEqualTo(jobs);
        assertThat(Files.readAllLines(file).get(0)).startsWith(PUBLISHED.strip() + ",iterations");
    }

    @Test
    void theSampleIsATraceThatSaysWhatJobsCommunicate() throws Exception {
        Trace sample = TraceFile.read(Path.of("traces/sample.csv"), HOSTS, false).trace();

        assertThat(sample.jobs()).hasSize(200);
        assertThat(sample.isSynthetic()).isFalse();
        assertThat(sample.jobs().stream().map(job -> job.collective().orElseThrow()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Algorithm.values());
    }

    private BadFileException refusal(String text) throws IOException {
        Path file = write(text);
        BadFileException e = catchThrowableOfType(() -> TraceFile.read(file, HOSTS, false), BadFileException.class);
        assertThat(e).as("what is refused of %s", text).isNotNull();
        return e;
    }

    private TraceFile read(String text) throws Exception {
        return TraceFile.read(write(text), HOSTS, false);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("jobs.csv"), text);
    }
}
