package org.cloister.benchmarks.replay.workload;

import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceJob;
import org.cloister.benchmarks.replay.files.BadFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

class WorkloadsTest {

    private static final int HOSTS = 8192;

    @Test
    void ocsVclosHasThePublishedSizesAndLoad() throws Exception {
        Trace trace = trace("generate:ocs-vclos", 1);

        assertThat(trace.name()).isEqualTo("ocs-vclos");
        assertThat(trace.isSynthetic()).isTrue();
        assertThat(count(trace.jobs(), TraceJob::hosts)).isEqualTo(Map.of(8, 446L, 64, 1501L, 128, 699L, 192, 31L,
                256, 501L, 384, 5L, 512, 1817L));
        double span = trace.jobs().get(4999).arrivalSeconds();
        assertThat(span / 5000).isCloseTo(241, within(12.0));
        assertThat(trace.jobs()).allMatch(job -> job.iterations().getAsInt() == 1);
        double hostSeconds = 0;
        for (long seed = 1; seed <= 10; seed++) {
            hostSeconds += trace("generate:ocs-vclos", seed).jobs().stream()
                    .mapToDouble(job -> job.hosts() * job.durationSeconds()).sum();
        }
        assertThat(hostSeconds / HOSTS / 10 / 5000 / 241).isCloseTo(0.92, within(0.03));
    }

    @Test
    void ocsVclosRunsThePublishedMixOfCollectives() throws Exception {
        Map<Boolean, List<TraceJob>> jobs = trace("generate:ocs-vclos", 2).jobs().stream()
                .collect(Collectors.partitioningBy(job -> Integer.bitCount(job.hosts()) == 1));

        assertThat(count(jobs.get(false), job -> job.collective().orElseThrow()))
                .isEqualTo(Map.of(Algorithm.RING, 36L));
        Map<Algorithm, Long> mix = count(jobs.get(true), job -> job.collective().orElseThrow());
        assertThat(mix.get(Algorithm.HALVING_DOUBLING) / 4964.0).isCloseTo(0.5, within(0.03));
        assertThat(mix.get(Algorithm.RING) / 4964.0).isCloseTo(0.2, within(0.03));
        assertThat(mix.get(Algorithm.ALL_TO_ALL) / 4964.0).isCloseTo(0.3, within(0.03));
    }

    @Test
    void laasHasThePublishedDistributions() throws Exception {
        Trace trace = trace("generate:laas?mean=64", 1);

        assertThat(trace.name()).isEqualTo("laas-64");
        assertThat(trace.jobs()).hasSize(10_000);
        // rounding up adds a half
        assertThat(mean(trace, TraceJob::hosts)).isCloseTo(64.5, within(2.0));
        assertThat(mean(trace, TraceJob::durationSeconds)).isCloseTo(1510, within(30.0));
        assertThat(trace.jobs()).allMatch(job -> job.durationSeconds() >= 20 && job.durationSeconds() < 3000
                && job.hosts() >= 1 && job.hosts() <= HOSTS && job.collective().isEmpty());
    }

    @Test
    void jobsFitTheFabricAndComeInOrder() throws Exception {
        List<TraceJob> jobs = Workloads.of("generate:laas?mean=60&jobs=500", 64).trace(1).jobs();

        assertThat(jobs).hasSize(500).allMatch(job -> job.hosts() <= 64);
        for (int job = 1; job < jobs.size(); job++) {
            assertThat(jobs.get(job).arrivalSeconds()).isGreaterThanOrEqualTo(jobs.get(job - 1).arrivalSeconds());
        }
    }

    @Test
    void eachSeedDrawsItsOwnUnlessOneIsGiven() throws Exception {
        assertThat(trace("generate:ocs-vclos?jobs=50", 1)).isEqualTo(trace("generate:ocs-vclos?jobs=50", 1))
                .isNotEqualTo(trace("generate:ocs-vclos?jobs=50", 2));
        assertThat(trace("generate:ocs-vclos?jobs=50&seed=2", 1)).isEqualTo(trace("generate:ocs-vclos?jobs=50", 2));
    }

    /** The same numbers on every machine: worked out once, by SplittableRandom's published algorithm. */
    @Test
    void drawsDoNotDependOnTheMachine() throws Exception {
        TraceJob first = trace("generate:laas?jobs=1", 1).jobs().get(0);

        assertThat(first.hosts()).isEqualTo(7);
        assertThat(first.durationSeconds()).isEqualTo(2242.4296366428493);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "generate:other            | there are ocs-vclos and laas to generate",
        "generate:laas?jobs        | jobs: '' is not a number from 1.0 to 1000000.0",
        "generate:laas?jobs=0      | jobs: '0' is not a number from 1.0 to 1000000.0",
        "generate:laas?jobs=1.5    | jobs: 1.5 is not an integer",
        "generate:laas?mean=x      | mean: 'x' is not a number from 1.0 to 1000000.0",
        "generate:laas?mean=9000   | mean: 9000.0 hosts in the mean, the fabric has 8192",
        "generate:laas?size=8      | size: is not an option here; there are jobs, seed, mean",
        "generate:laas?seed=1&seed=2 | seed: is there twice",
        "generate:ocs-vclos?mean=8 | mean: is not an option here; there are jobs, seed"})
    void aBadDescription(String text, String message) {
        assertThat(catchThrowableOfType(() -> Workloads.of(text, HOSTS), BadFileException.class))
                .hasMessage(text + ": " + message);
    }

    @Test
    void aFabricTooSmallForThePublishedJobs() {
        assertThat(catchThrowableOfType(() -> Workloads.of("generate:ocs-vclos", 511), BadFileException.class))
                .hasMessage("generate:ocs-vclos: size: its largest jobs need 512 hosts, the fabric has 511");
    }

    private static Trace trace(String text, long seed) throws Exception {
        return Workloads.of(text, HOSTS).trace(seed);
    }

    private static double mean(Trace trace, ToDoubleFunction<TraceJob> value) {
        return trace.jobs().stream().mapToDouble(value).average().orElseThrow();
    }

    private static <T> Map<T, Long> count(List<TraceJob> jobs, Function<TraceJob, T> value) {
        return jobs.stream().collect(Collectors.groupingBy(value, Collectors.counting()));
    }
}
