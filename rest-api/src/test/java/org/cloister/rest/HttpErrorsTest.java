package org.cloister.rest;

import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

/** What HTTP itself refuses, and what nobody foresaw. */
@Timeout(30)
class HttpErrorsTest extends RestTest {

    @Test
    void bodyOfAnotherMediaType() throws Exception {
        HttpResponse<String> response = send(as("slurm", "slices/a").header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofString(SPEC)));
        assertProblem(response, 415, "unsupported-media-type");
        assertThat(json(response).get("detail").textValue()).contains("'text/plain'");
    }

    @Test
    void answerOfAnotherMediaType() throws Exception {
        assertProblem(send(as("slurm", "slices").header("Accept", "text/html")), 406, "not-acceptable");
    }

    @Test
    void methodThatIsNotThere() throws Exception {
        HttpResponse<String> response = send(as("slurm", "slices/a").method("POST",
                HttpRequest.BodyPublishers.ofString(SPEC)));
        assertProblem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow").orElse("")).contains("GET", "PUT", "DELETE");
    }

    @Test
    void preconditionsThatMeanNothingAreRefusedNotIgnored() throws Exception {
        slices.add("a", "slurm", SliceState.ACTIVE, Map.of());
        for (String header : new String[] {"If-Match", "If-None-Match"}) {
            HttpResponse<String> renewal = send(as("slurm", "slices/a/renew").header("Content-Type", "application/json")
                    .header(header, "\"7\"").POST(HttpRequest.BodyPublishers.ofString("{\"leaseSeconds\":60}")));
            assertProblem(renewal, 422, "not-supported");
            assertThat(json(renewal).at("/errors/0/pointer").textValue()).isEqualTo(header);
            assertThat(json(renewal).at("/errors/0/value").textValue()).isEqualTo("\"7\"");
        }
    }

    @Test
    void bodyOfOneMebibyteIsRead() throws Exception {
        String body = SPEC + " ".repeat(Body.MOST_BYTES - SPEC.length());
        assertThat(put("slurm", "slices/a", body).statusCode()).isEqualTo(202);
    }

    @Test
    void announcedLongBodyIsRefusedUnread() throws Exception {
        String answer = raw("Content-Length: " + (Body.MOST_BYTES + 1) + "\r\n\r\n", 0);
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("/cloister/v1/problems/body-too-large");
    }

    @Test
    void bodyLongerThanAnIntTellsIsRefused() throws Exception {
        assertThat(raw("Content-Length: 5000000000\r\n\r\n", 0)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void endlessBodyIsRefusedAtTheLimit() throws Exception {
        String answer = raw("Transfer-Encoding: chunked\r\n\r\n100001\r\n", Body.MOST_BYTES + 1);
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("/cloister/v1/problems/body-too-large");
    }

    @Test
    void unexpectedErrorTellsNothing() throws Exception {
        slices.trouble = new IllegalStateException("secret of org.cloister.Inner");
        HttpResponse<String> response = get("slurm", "slices");
        assertProblem(response, 500, "internal-error");
        assertThat(response.body()).doesNotContain("secret", "org.cloister", "Exception");

        response = put("slurm", "slices/a", SPEC);
        assertProblem(response, 500, "internal-error");
        assertThat(response.body()).doesNotContain("secret", "org.cloister", "Exception");
    }

    @Test
    void absentServicesAreNotReady() throws Exception {
        started = false;
        HttpResponse<String> response = get("slurm", "fabric");
        assertProblem(response, 503, "not-ready");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).doesNotContain("org.cloister");
    }

    @Test
    void silentServiceIsGivenUp() throws Exception {
        slices.silent = true;
        assertProblem(put("slurm", "slices/a", SPEC), 503, "store-unavailable");
    }

    /** Sends a PUT by hand, of which no client library lets the body be left unfinished. */
    private String raw(String headers, int bytes) throws Exception {
        try (Socket socket = new Socket("localhost", getBaseUri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /slices/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Basic " + Base64.getEncoder().encodeToString("slurm:slurm".getBytes(
                            StandardCharsets.UTF_8)) + "\r\n" + headers).getBytes(StandardCharsets.US_ASCII));
            byte[] piece = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            for (int sent = 0; sent < bytes; sent += piece.length) {
                out.write(piece, 0, Math.min(piece.length, bytes - sent));
            }
            out.flush();
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            while (answer.indexOf("\"errors\"") < 0) {
                int read = in.read(buffer);
                if (read < 0) {
                    break;
                }
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }
}
