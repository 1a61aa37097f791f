package org.cloister.isolation.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import org.cloister.isolation.api.MetricsService;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceState;
import org.cloister.runtime.BundleMetrics;
import org.osgi.service.component.annotations.Component;

import java.time.Duration;
import java.util.Map;

/** Figures about slices, rules and decisions, for Prometheus. */
@Component(immediate = true, service = {MetricsService.class, ControlMetrics.class})
public final class PrometheusMetrics implements MetricsService, ControlMetrics {

    private static final double[] PASSES = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};
    private static final double[] REQUESTS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

    private final BundleMetrics metrics = new BundleMetrics();

    private final Gauge leader = metrics.gauge("cloister_leader", "1 on the node that decides on slices, else 0");
    private final Gauge slices = metrics.gauge("cloister_slices", "Slices by state; on the leader only", "state");
    private final Gauge rules = metrics.gauge("cloister_switch_rules",
            "Flow rules of Cloister; on the leader only", "switch");
    private final Gauge meters = metrics.gauge("cloister_switch_meters",
            "Meters of Cloister; on the leader only", "switch");
    private final Histogram passes = metrics.histogram("cloister_reconcile_seconds",
            "Passes that compare what is wanted with what is there", PASSES);
    private final Counter failedPasses = metrics.counter("cloister_reconcile_failures_total",
            "Passes that were broken off");
    private final Histogram decisions = metrics.histogram("cloister_slice_decision_seconds",
            "From a stored request to links, tag and hosts", REQUESTS);
    private final Histogram installations = metrics.histogram("cloister_slice_installation_seconds",
            "From links, tag and hosts until every rule was read back", REQUESTS);
    private final Counter refusals = metrics.counter("cloister_refusals_total",
            "Refused requests by problem type", "reason");
    private final Counter moves = metrics.counter("cloister_slice_moves_total",
            "Moves of slices to other links, or to what they asked for instead", "reason", "outcome");
    private final Histogram moveTimes = metrics.histogram("cloister_slice_move_seconds",
            "From the decision to move until traffic goes the new way", REQUESTS, "reason");
    private final Counter degradations = metrics.counter("cloister_slice_degradations_total",
            "Slices that became DEGRADED, by reason", "reason");
    private final Counter recoveries = metrics.counter("cloister_slice_recoveries_total",
            "Slices that became ACTIVE again, by the reason for which they were not", "reason");
    private final Counter leases = metrics.counter("cloister_leases_expired_total",
            "Slices removed at the end of a lease");
    private final Counter sent = metrics.counter("cloister_operations_total",
            "Changes of rules and meters that were sent to switches", "kind");
    private final Counter failed = metrics.counter("cloister_operations_failed_total",
            "Changes of rules and meters that were refused or not answered in time", "kind");
    private final Counter storeErrors = metrics.counter("cloister_store_errors_total",
            "Times that the store did not answer");

    @Override
    public String prometheusText() {
        return metrics.text();
    }

    @Override
    public void leads(boolean leads) {
        leader.set(leads ? 1 : 0);
        if (!leads) {
            slices.clear();
            rules.clear();
            meters.clear();
        }
    }

    @Override
    public void pass(Duration took, boolean broken) {
        passes.observe(seconds(took));
        if (broken) {
            failedPasses.inc();
        }
    }

    @Override
    public void looked(Map<SliceState, Integer> bySlice, Map<String, Integer> rulesBySwitch,
                       Map<String, Integer> metersBySwitch) {
        for (SliceState state : SliceState.values()) {
            slices.labelValues(state.name()).set(bySlice.getOrDefault(state, 0));
        }
        replace(rules, rulesBySwitch);
        replace(meters, metersBySwitch);
    }

    /** A switch that is configured no longer must not stand there for ever. */
    private static void replace(Gauge gauge, Map<String, Integer> values) {
        gauge.collect().getDataPoints().stream().map(point -> point.getLabels().get("switch"))
                .filter(name -> !values.containsKey(name)).forEach(gauge::remove);
        values.forEach((name, value) -> gauge.labelValues(name).set(value));
    }

    @Override
    public void decided(Duration took) {
        decisions.observe(seconds(took));
    }

    @Override
    public void installed(Duration took) {
        installations.observe(seconds(took));
    }

    @Override
    public void refused(ProblemType reason) {
        refusals.labelValues(reason.code()).inc();
    }

    @Override
    public void moved(String reason, boolean done, Duration took) {
        moves.labelValues(reason, done ? "done" : "given-up").inc();
        if (done) {
            moveTimes.labelValues(reason).observe(seconds(took));
        }
    }

    @Override
    public void degraded(String reason) {
        degradations.labelValues(reason).inc();
    }

    @Override
    public void recovered(String reason) {
        recoveries.labelValues(reason).inc();
    }

    @Override
    public void leaseExpired() {
        leases.inc();
    }

    @Override
    public void sent(String kind, int changes) {
        sent.labelValues(kind).inc(changes);
    }

    @Override
    public void failed(String kind, int changes) {
        failed.labelValues(kind).inc(changes);
    }

    @Override
    public void storeError() {
        storeErrors.inc();
    }

    private static double seconds(Duration took) {
        return Math.max(0, took.toNanos()) / 1e9;
    }
}
