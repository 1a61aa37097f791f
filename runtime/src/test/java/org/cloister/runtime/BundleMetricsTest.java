package org.cloister.runtime;

import org.cloister.testing.PrometheusText;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BundleMetricsTest {

    private final BundleMetrics metrics = new BundleMetrics();

    @Test
    void everyKindIsTold() {
        metrics.gauge("ports", "Ports", "switch").labelValues("leaf-1").set(4);
        metrics.counter("moves_total", "Moves").inc(2);
        metrics.histogram("pass_seconds", "Passes", new double[] {0.1, 1}).observe(0.5);
        assertThat(read().type("ports")).isEqualTo("gauge");
        assertThat(read().sample("ports{switch=leaf-1}")).isEqualTo(4);
        assertThat(read().type("moves_total")).isEqualTo("counter");
        assertThat(read().sample("moves_total{}")).isEqualTo(2);
        assertThat(read().type("pass_seconds")).isEqualTo("histogram");
        assertThat(read().sample("pass_seconds_bucket{le=0.1}")).isZero();
        assertThat(read().sample("pass_seconds_bucket{le=1.0}")).isEqualTo(1);
        assertThat(read().sample("pass_seconds_bucket{le=+Inf}")).isEqualTo(1);
    }

    @Test
    void bundlesMayUseTheSameName() {
        metrics.counter("moves_total", "Moves").inc();
        BundleMetrics other = new BundleMetrics();
        other.counter("moves_total", "Moves");
        assertThat(PrometheusText.read(other.text()).sample("moves_total{}")).isZero();
        assertThat(read().sample("moves_total{}")).isEqualTo(1);
    }

    private PrometheusText read() {
        return PrometheusText.read(metrics.text());
    }
}
