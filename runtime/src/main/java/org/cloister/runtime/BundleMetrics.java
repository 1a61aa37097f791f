package org.cloister.runtime;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One bundle's metrics, in a registry of its own, so that what else runs in the container shares no names with them.
 * Without exemplars: those would start threads that outlive the bundle.
 */
public final class BundleMetrics {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = new PrometheusTextFormatWriter(false);

    /**
     * Registers a value that rises and falls.
     *
     * @param name a name of no other metric here
     * @param labels names of its labels
     */
    public Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder().name(name).help(help).labelNames(labels).withoutExemplars().register(registry);
    }

    /**
     * Registers a number that only rises.
     *
     * @param name a name of no other metric here; ends in {@code _total}
     * @param labels names of its labels
     */
    public Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).withoutExemplars().register(registry);
    }

    /**
     * Registers a distribution.
     *
     * @param name a name of no other metric here
     * @param bounds the upper ends of its buckets, ascending; the one without end is added
     * @param labels names of its labels
     */
    public Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder().name(name).help(help).labelNames(labels).classicOnly()
                .classicUpperBounds(bounds).withoutExemplars().register(registry);
    }

    /** Returns all of them in Prometheus' text format 0.0.4. */
    public String text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
