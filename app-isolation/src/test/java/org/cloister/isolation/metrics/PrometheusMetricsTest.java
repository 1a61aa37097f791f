package org.cloister.isolation.metrics;

import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceState;
import org.cloister.testing.PrometheusText;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PrometheusMetricsTest {

    private final PrometheusMetrics metrics = new PrometheusMetrics();

    @Test
    void countersThatHaveNoLabelsBeginAtZero() {
        assertThat(read().sample("cloister_leader{}")).isZero();
        assertThat(read().sample("cloister_store_errors_total{}")).isZero();
        assertThat(read().sample("cloister_leases_expired_total{}")).isZero();
        assertThat(read().sample("cloister_reconcile_seconds_count{}")).isZero();
    }

    @Test
    void everyStateIsThereAlsoWithoutSlices() {
        metrics.looked(Map.of(SliceState.ACTIVE, 3), Map.of(), Map.of());
        for (SliceState state : SliceState.values()) {
            assertThat(read().sample("cloister_slices{state=" + state + "}"))
                    .isEqualTo(state == SliceState.ACTIVE ? 3 : 0);
        }
    }

    @Test
    void switchThatIsConfiguredNoLongerIsNotTold() {
        metrics.looked(Map.of(), Map.of("leaf-1", 10, "leaf-2", 20), Map.of("leaf-1", 2));
        metrics.looked(Map.of(), Map.of("leaf-1", 11), Map.of());
        assertThat(read().sample("cloister_switch_rules{switch=leaf-1}")).isEqualTo(11);
        assertThat(read().samples()).doesNotContainKeys("cloister_switch_rules{switch=leaf-2}",
                "cloister_switch_meters{switch=leaf-1}");
    }

    @Test
    void nodeThatDoesNotDecideTellsNoGauges() {
        metrics.leads(true);
        metrics.looked(Map.of(SliceState.ACTIVE, 3), Map.of("leaf-1", 10), Map.of("leaf-1", 2));
        assertThat(read().sample("cloister_leader{}")).isEqualTo(1);
        metrics.leads(false);
        assertThat(read().sample("cloister_leader{}")).isZero();
        assertThat(read().samples().keySet())
                .noneMatch(name -> name.startsWith("cloister_slices{") || name.startsWith("cloister_switch"));
    }

    @Test
    void timesAreSecondsInBuckets() {
        metrics.decided(Duration.ofMillis(7));
        metrics.installed(Duration.ofMillis(300));
        metrics.installed(Duration.ofMinutes(5));
        assertThat(read().type("cloister_slice_installation_seconds")).isEqualTo("histogram");
        assertThat(read().sample("cloister_slice_decision_seconds_sum{}")).isEqualTo(0.007);
        assertThat(read().sample("cloister_slice_decision_seconds_bucket{le=0.005}")).isZero();
        assertThat(read().sample("cloister_slice_decision_seconds_bucket{le=0.01}")).isEqualTo(1);
        assertThat(read().sample("cloister_slice_installation_seconds_bucket{le=0.5}")).isEqualTo(1);
        assertThat(read().sample("cloister_slice_installation_seconds_bucket{le=60.0}")).isEqualTo(1);
        assertThat(read().sample("cloister_slice_installation_seconds_count{}")).isEqualTo(2);
    }

    @Test
    void reasonsAreLabels() {
        metrics.refused(ProblemType.HOST_IN_USE);
        metrics.refused(ProblemType.HOST_IN_USE);
        metrics.moved("repair", true, Duration.ofMillis(40));
        metrics.moved("drain", false, Duration.ofSeconds(60));
        metrics.degraded("LinkAbsent");
        metrics.failed("rules", 4);
        assertThat(read().sample("cloister_refusals_total{reason=host-in-use}")).isEqualTo(2);
        assertThat(read().sample("cloister_slice_moves_total{outcome=done, reason=repair}")).isEqualTo(1);
        assertThat(read().sample("cloister_slice_moves_total{outcome=given-up, reason=drain}")).isEqualTo(1);
        assertThat(read().sample("cloister_slice_move_seconds_count{reason=repair}")).isEqualTo(1);
        assertThat(read().sample("cloister_slice_degradations_total{reason=LinkAbsent}")).isEqualTo(1);
        assertThat(read().sample("cloister_operations_failed_total{kind=rules}")).isEqualTo(4);
    }

    @Test
    void namesOfSwitchesMayHoldAnything() {
        metrics.looked(Map.of(), Map.of("le\"af\\1\n", 10), Map.of());
        assertThat(read().sample("cloister_switch_rules{switch=le\\\"af\\\\1\\n}")).isEqualTo(10);
    }

    private PrometheusText read() {
        return PrometheusText.read(metrics.prometheusText());
    }
}
