package org.cloister.isolation.api;

/** Tells figures for monitoring. */
public interface MetricsService {

    /** The media type of {@link #prometheusText()}. */
    String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Returns this node's figures in Prometheus' text format: counters since Cloister was started here, and, on the
     * node that decides on slices, gauges of what its last look showed.
     */
    String prometheusText();
}
