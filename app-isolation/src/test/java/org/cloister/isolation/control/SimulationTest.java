package org.cloister.isolation.control;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many simulations, one for each seed. Seeds can be chosen: {@code -Dtest=SimulationTest -Dcloister.seeds=17} or
 * {@code 1-50}.
 */
class SimulationTest {

    private static final String SHORT = "1-1000";
    private static final String FULL = "1-10000";
    private static final List<String> KINDS = List.of("notConverged", "leaks", "broken", "deposed", "overbooked",
            "violations");

    private final Logger log = (Logger) LoggerFactory.getLogger("org.cloister");

    @BeforeEach
    void quiet() {
        log.setLevel(Level.OFF); // all that can go wrong does, a thousand times
    }

    @AfterEach
    void loud() {
        log.setLevel(null);
    }

    @Test
    void convergesAndNeverLeaksOrBreaks() throws IOException {
        Reports.clear("simulation");
        List<Run> runs = seeds().parallel().mapToObj(Run::of).collect(Collectors.toList());
        Map<String, Object> figures = figures(runs);
        List<String> failures = runs.stream().filter(Run::failed).map(Run::failure).collect(Collectors.toList());
        Reports.write("simulation", failures.isEmpty(), figures);
        assertThat(failures.stream().limit(3)).as("%d of %d seeds failed; the first ones", failures.size(),
                runs.size()).isEmpty();
    }

    private static LongStream seeds() {
        String[] ends = System.getProperty("cloister.seeds", Reports.isFull() ? FULL : SHORT).split("-");
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    private static Map<String, Object> figures(List<Run> runs) {
        Tally all = new Tally();
        runs.forEach(run -> all.add(run.tally));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("seeds", runs.size());
        figures.put("steps", all.of("steps"));
        KINDS.forEach(kind -> figures.put(kind, all.of("wrong " + kind)));
        figures.put("longestConvergenceMillis", runs.stream().mapToLong(run -> run.settled).max().orElse(0));
        List.of("judged", "events", "answers", "reached").forEach(what -> figures.put(what, all.under(what)));
        return figures;
    }

    /** One seed. */
    private static final class Run {

        private final long seed;
        private final Tally tally;
        private final long settled;
        private final String wrong;

        private Run(long seed, Tally tally, long settled, String wrong) {
            this.seed = seed;
            this.tally = tally;
            this.settled = settled;
            this.wrong = wrong;
        }

        static Run of(long seed) {
            Simulation simulation = new Simulation(seed);
            try {
                Findings findings = simulation.run();
                return new Run(seed, simulation.tally, simulation.settledMillis(),
                        findings.any() ? findings.toString() : "");
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e + "\n" + simulation.findings, e);
            }
        }

        boolean failed() {
            return !wrong.isEmpty();
        }

        String failure() {
            return "seed " + seed + ", alone by -Dtest=SimulationTest -Dcloister.seeds=" + seed + ": " + wrong;
        }
    }
}
