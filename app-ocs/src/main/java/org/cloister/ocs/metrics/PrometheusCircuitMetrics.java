package org.cloister.ocs.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import org.cloister.ocs.api.CircuitMetricsService;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.runtime.BundleMetrics;
import org.osgi.service.component.annotations.Component;

import java.time.Duration;
import java.util.Map;

/** Figures about circuits and moves of light, for Prometheus. */
@Component(immediate = true, service = {CircuitMetricsService.class, CircuitMetrics.class})
public final class PrometheusCircuitMetrics implements CircuitMetricsService, CircuitMetrics {

    private static final double[] PASSES = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};
    private static final double[] PHASES = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20};

    private final BundleMetrics metrics = new BundleMetrics();

    private final Gauge leader = metrics.gauge("cloister_circuit_leader",
            "1 on the node that decides on circuits, else 0");
    private final Gauge demands = metrics.gauge("cloister_circuit_demands",
            "Demands by phase; on the leader only", "phase");
    private final Gauge quarantined = metrics.gauge("cloister_circuit_quarantined_ports",
            "Ports of optical switches that nothing is planned over; on the leader only");
    private final Histogram passes = metrics.histogram("cloister_circuit_reconcile_seconds",
            "Passes that compare demanded circuits with what is there", PASSES);
    private final Counter failedPasses = metrics.counter("cloister_circuit_reconcile_failures_total",
            "Passes that were broken off");
    private final Counter moves = metrics.counter("cloister_circuit_moves_total",
            "Demands for which light was moved, by outcome", "outcome");
    private final Histogram phases = metrics.histogram("cloister_circuit_phase_seconds",
            "How long each phase of a move took that was established", PHASES, "phase");
    private final Counter retries = metrics.counter("cloister_circuit_retries_total", "Second attempts at a move");
    private final Counter rollbacks = metrics.counter("cloister_circuit_rollbacks_total", "Moves that were undone");
    private final Counter breaks = metrics.counter("cloister_circuit_breaks_total",
            "Demands that were established and are not any more");
    private final Counter storeErrors = metrics.counter("cloister_circuit_store_errors_total",
            "Times that the store did not answer");

    @Override
    public String prometheusText() {
        return metrics.text();
    }

    @Override
    public void leads(boolean leads) {
        leader.set(leads ? 1 : 0);
        if (!leads) {
            demands.clear();
            quarantined.set(0);
        }
    }

    @Override
    public void pass(Duration took, boolean failed) {
        passes.observe(took.toNanos() / 1e9);
        if (failed) {
            failedPasses.inc();
        }
    }

    @Override
    public void demands(Map<DemandPhase, Integer> byPhase) {
        for (DemandPhase phase : DemandPhase.values()) {
            demands.labelValues(phase.name()).set(byPhase.getOrDefault(phase, 0));
        }
    }

    @Override
    public void quarantined(int ports) {
        quarantined.set(ports);
    }

    @Override
    public void established(Map<String, Long> phaseMillis) {
        moves.labelValues("established").inc();
        phaseMillis.forEach((phase, millis) -> phases.labelValues(phase).observe(millis / 1e3));
    }

    @Override
    public void failed() {
        moves.labelValues("failed").inc();
    }

    @Override
    public void retried() {
        retries.inc();
    }

    @Override
    public void rolledBack() {
        rollbacks.inc();
    }

    @Override
    public void broke() {
        breaks.inc();
    }

    @Override
    public void storeError() {
        storeErrors.inc();
    }
}
