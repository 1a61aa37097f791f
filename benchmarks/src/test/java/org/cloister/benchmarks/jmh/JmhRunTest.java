package org.cloister.benchmarks.jmh;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JmhRunTest {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final JmhRun jmh = new JmhRun(new PrintStream(log, true));

    @BeforeAll
    static void besideOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void benchmarksOnTheClassPathAreFound() {
        List<String> found = jmh.cases().stream().map(BenchmarkCase::toString).collect(Collectors.toList());

        assertThat(found).contains("sample bad cloister sleep", "sample good cloister sleep");
    }

    @Test
    void aCaseIsMeasuredInMicroseconds() throws RunnerException {
        Timed timed = jmh.measure(sample("good"), Effort.shared(Duration.ZERO, 1));

        assertThat(timed.p50Micros()).isGreaterThanOrEqualTo(500);
        assertThat(timed.p99Micros()).isGreaterThanOrEqualTo(timed.p50Micros());
    }

    @Test
    void aCaseThatFailsIsToldAndItsReasonIsInTheLog() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> jmh.measure(sample("bad"), Effort.shared(Duration.ZERO, 1)));
        assertThat(log.toString()).contains("IllegalStateException: asked for");
    }

    private static BenchmarkCase sample(String fabric) {
        return new BenchmarkCase(SampleBenchmark.class.getName(), "sleep", Map.of("fabric", fabric));
    }
}
