package org.cloister.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

@Timeout(30)
class ShutdownTest extends RestTest {

    @Test
    void requestsThatWaitAreTurnedAway() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(this::waitForSlice);
        while (slices.waiting() == 0) {
            Thread.sleep(10);
        }

        resumer().onShutdown(null);

        HttpResponse<String> response = waiting.join();
        assertProblem(response, 503, "not-ready");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertProblem(delete("slurm", "slices/a?wait=60"), 503, "not-ready");
    }

    private HttpResponse<String> waitForSlice() {
        try {
            return put("slurm", "slices/a?wait=60", SPEC);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
