package org.cloister.benchmarks.jmh;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long the decisions of one case took. */
final class Timed {

    private final BenchmarkCase what;
    private final double p50Micros;
    private final double p99Micros;
    private final long samples;

    Timed(BenchmarkCase what, double p50Micros, double p99Micros, long samples) {
        this.what = what;
        this.p50Micros = p50Micros;
        this.p99Micros = p99Micros;
        this.samples = samples;
    }

    BenchmarkCase what() {
        return what;
    }

    double p50Micros() {
        return p50Micros;
    }

    double p99Micros() {
        return p99Micros;
    }

    /** Returns the row of decision.json. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("fabric", what.fabric());
        row.put("engine", what.engine());
        row.put("what", what.what());
        row.put("class", what.decisionClass());
        row.put("p50Micros", p50Micros);
        row.put("p99Micros", p99Micros);
        row.put("samples", samples);
        return row;
    }
}
