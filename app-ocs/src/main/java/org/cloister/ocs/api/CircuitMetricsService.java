package org.cloister.ocs.api;

/** Tells figures of circuits for monitoring. */
public interface CircuitMetricsService {

    /**
     * Returns this node's figures in Prometheus' text format 0.0.4; all names begin with {@code cloister_circuit} or
     * {@code cloister_optical}, so that they can stand behind those of slices.
     */
    String prometheusText();
}
