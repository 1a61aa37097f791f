package org.cloister.rest;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

class MetricsTest extends RestTest {

    @Test
    void readersGetPrometheusText() throws Exception {
        // what Prometheus 2 sends
        HttpResponse<String> response = send(as("reader", "metrics").header("Accept",
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.2"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/plain").contains("version=0.0.4", "charset=utf-8");
        assertThat(response.body()).isEqualTo("cloister_slices 1.0\ncloister_circuits 2.0\n");
        optical = false;
        assertThat(get("reader", "metrics").body()).isEqualTo("cloister_slices 1.0\n");
    }

    @Test
    void schedulersAndStrangersDoNot() throws Exception {
        assertProblem(get("slurm", "metrics"), 403, "forbidden");
        assertProblem(get("", "metrics"), 401, "unauthenticated");
        started = false;
        assertProblem(get("reader", "metrics"), 503, "not-ready");
    }
}
