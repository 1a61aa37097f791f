package org.cloister.benchmarks.jmh;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class BenchmarkCaseTest {

    private static final String PLACEMENT = "org.cloister.benchmarks.jmh.PlacementBenchmark";

    @Test
    void parametersBecomeFabricEngineAndClass() {
        BenchmarkCase each = new BenchmarkCase(PLACEMENT, "place",
                Map.of("fabric", "laas-11664", "engine", "laas-baseline", "shape", "few-leaves", "fill", "fresh"));

        assertThat(each.fullName()).isEqualTo(PLACEMENT + ".place");
        assertThat(each.what()).isEqualTo("placement");
        assertThat(each.fabric()).isEqualTo("laas-11664");
        assertThat(each.engine()).isEqualTo("laas-baseline");
        assertThat(each.decisionClass()).isEqualTo("place fresh few-leaves");
    }

    @Test
    void withoutParametersItIsCloisterOnNoFabric() {
        BenchmarkCase each = new BenchmarkCase(PLACEMENT, "refuse", Map.of());

        assertThat(each.fabric()).isEqualTo("-");
        assertThat(each.engine()).isEqualTo("cloister");
        assertThat(each.decisionClass()).isEqualTo("refuse");
    }

    @Test
    void eachCombinationOfValuesIsACase() {
        List<BenchmarkCase> cases = BenchmarkCase.of(PLACEMENT, "place",
                Map.of("shape", new String[] {"a", "b"}, "fabric", new String[] {"x", "y"}));

        assertThat(cases).extracting(BenchmarkCase::toString).containsExactly("placement x cloister place a",
                "placement x cloister place b", "placement y cloister place a", "placement y cloister place b");
        assertThat(BenchmarkCase.of(PLACEMENT, "place", Map.of())).hasSize(1);
    }

    @Test
    void someCasesAreOfFullRunsOnly() {
        assertThat(placement("cloister", "fresh one-leaf").isFullOnly()).isFalse();
        assertThat(placement("laas-baseline", "fragmented refused").isFullOnly()).isFalse();
        assertThat(placement("laas-baseline", "fresh one-leaf").isFullOnly()).isTrue();
        assertThat(new BenchmarkCase("org.cloister.benchmarks.jmh.PlacementGrowthBenchmark", "place",
                Map.of("decision", "fragmented refused")).isFullOnly()).isTrue();
    }

    private static BenchmarkCase placement(String engine, String decision) {
        return new BenchmarkCase(PLACEMENT, "place", Map.of("engine", engine, "decision", decision));
    }

    @Test
    void theRowHasTheFieldsThatWereAskedFor() {
        Timed timed = new Timed(new BenchmarkCase(PLACEMENT, "place", Map.of("fabric", "x")), 1.5, 20, 1000);

        assertThat(timed.row()).containsEntry("fabric", "x").containsEntry("engine", "cloister")
                .containsEntry("what", "placement").containsEntry("class", "place")
                .containsEntry("p50Micros", 1.5).containsEntry("p99Micros", 20.0).containsEntry("samples", 1000L);
        assertThat(DecisionTable.of(List.of(timed))).isEqualTo(""
                + "what       fabric  engine    class  p50 us  p99 us\n"
                + "placement  x       cloister  place     1.5    20.0\n");
    }
}
