package org.cloister.isolation.control;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand slices on a simulated fabric: how long it takes to list them, to compare all with their switches, to
 * decide on one more, to remove one, and to take over from another leader. Times are reported, not asserted.
 */
class ScaleTest {

    private static final int SLICES = 1000;
    private static final int LEAVES = 64;
    private static final int HOSTS = 32;
    private static final int TIMES = 5;
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Logger log = (Logger) LoggerFactory.getLogger("org.cloister");
    private final Bench bench = Bench.of(LeafSpine.of(LEAVES, HOSTS, HOSTS)).barrier();

    @BeforeEach
    void quiet() {
        log.setLevel(Level.WARN);
    }

    @AfterEach
    void loud() {
        log.setLevel(null);
    }

    @Test
    void aThousandSlices() throws IOException {
        Reports.clear("scale");
        bench.onos.switches().forEach(each -> each.forgets = true);
        bench.ready();
        for (int slice = 0; slice < SLICES; slice++) {
            bench.slices.put(Bench.id("job-" + slice), spec(slice), "slurm");
        }
        bench.time.pass(Duration.ofSeconds(30));
        List<Slice> slices = bench.slices.slices();
        assertThat(slices).hasSize(SLICES).allMatch(slice -> slice.state() == SliceState.ACTIVE);

        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("slices", SLICES);
        figures.put("switches", bench.onos.switches().size());
        figures.put("rules", bench.onos.switches().stream().mapToInt(each -> each.rules.size()).sum());
        figures.put("listingMillis", median(() -> bench.slices.slices()));
        figures.put("listingAsJsonMillis", median(() -> json(bench.slices.slices())));
        figures.put("fabricMillis", median(() -> bench.slices.fabric()));
        figures.put("passWithNothingToDoMillis", median(() -> {
            bench.slices.wake();
            bench.time.pass(MOMENT);
        }));
        figures.put("requestMillis", median(() -> {
            bench.slices.put(Bench.id("more"), spec(SLICES), "slurm");
            bench.time.pass(MOMENT);
        }, () -> bench.remove("more")));
        bench.create("more", spec(SLICES).members().get(0).host(), spec(SLICES).members().get(1).host());
        figures.put("removalMillis", median(() -> {
            bench.slices.remove(Bench.id("more"));
            bench.time.pass(MOMENT);
        }, () -> {
            bench.await(bench.slices.whenGone(Bench.id("more")));
            bench.create("more", spec(SLICES).members().get(0).host(), spec(SLICES).members().get(1).host());
        }));
        bench.stop();
        figures.put("takeOverMillis", median(() -> {
            bench.start();
            bench.time.pass(MOMENT);
        }, () -> {
            bench.time.pass(Duration.ofSeconds(20));
            bench.stop();
        }));
        assertThat(bench.onos.violations()).isEmpty();
        Reports.write("scale", true, figures);
    }

    /** Two members each, on neighbouring leaves. */
    private static SliceSpec spec(int slice) {
        int leaf = slice % LEAVES;
        int port = 2 * (slice / LEAVES);
        int other = (leaf + 1) % LEAVES;
        return Bench.spec("gpu-" + (leaf + 1) + "-" + (port + 1), "gpu-" + (other + 1) + "-" + (port + 2));
    }

    private static void json(Object value) {
        try {
            assertThat(Json.mapper().writeValueAsString(value)).isNotEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static double median(Runnable measured) {
        return median(measured, () -> {
        });
    }

    private static double median(Runnable measured, Runnable between) {
        double[] millis = new double[TIMES];
        for (int time = 0; time < TIMES; time++) {
            long began = System.nanoTime();
            measured.run();
            millis[time] = Math.round((System.nanoTime() - began) / 10_000.0) / 100.0;
            between.run();
        }
        Arrays.sort(millis);
        return millis[TIMES / 2];
    }
}
