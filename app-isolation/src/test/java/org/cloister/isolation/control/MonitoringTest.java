package org.cloister.isolation.control;

import org.cloister.isolation.metrics.PrometheusMetrics;
import org.cloister.testing.PrometheusText;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** What monitoring sees of the whole of control. */
class MonitoringTest {

    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final Bench bench = Bench.small().monitored(metrics).ready();

    @Test
    void lifeOfASliceIsCounted() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        bench.refusal(bench.slices.put(Bench.id("other"), Bench.spec("gpu-1-1"), "slurm"));
        bench.refusal(bench.slices.put(Bench.id("third"), Bench.spec("gpu-9-9"), "slurm"));
        bench.refusal(bench.slices.remove(Bench.id("nobody")));
        assertThat(value("cloister_leader{}")).isEqualTo(1);
        assertThat(value("cloister_slices{state=ACTIVE}")).isEqualTo(1);
        assertThat(value("cloister_slice_decision_seconds_count{}")).isEqualTo(1);
        assertThat(value("cloister_slice_installation_seconds_count{}")).isEqualTo(1);
        assertThat(value("cloister_slice_installation_seconds_sum{}")).isPositive();
        assertThat(value("cloister_refusals_total{reason=host-in-use}")).isEqualTo(1);
        assertThat(value("cloister_refusals_total{reason=unknown-host}")).isEqualTo(1);
        assertThat(value("cloister_refusals_total{reason=not-found}")).isEqualTo(1);
        assertThat(value("cloister_switch_rules{switch=leaf-1}")).isEqualTo(bench.at("leaf-1").rules.size());
        assertThat(value("cloister_operations_total{kind=rules}")).isGreaterThanOrEqualTo(bench.rules().values()
                .stream().mapToInt(each -> each.size()).sum());
        assertThat(value("cloister_reconcile_seconds_count{}")).isPositive();

        bench.remove("job");
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(value("cloister_slices{state=ACTIVE}")).isZero();
        assertThat(value("cloister_slices{state=REMOVING}")).isZero();
    }

    @Test
    void whatBreaksAndHealsIsCounted() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        FakeSwitch leaf = bench.at("leaf-1");
        bench.devices.available(leaf, false);
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(value("cloister_slice_degradations_total{reason=DeviceAbsent}")).isEqualTo(1);
        bench.devices.available(leaf, true);
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(value("cloister_slice_recoveries_total{reason=DeviceAbsent}")).isEqualTo(1);
    }

    @Test
    void stoppedNodeLeadsNoMore() {
        bench.stop();
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(value("cloister_leader{}")).isZero();
    }

    private double value(String sample) {
        PrometheusText text = PrometheusText.read(metrics.prometheusText());
        assertThat(text.samples()).containsKey(sample);
        return text.sample(sample);
    }
}
