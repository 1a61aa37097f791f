package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.sessions.JqwikSession;
import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView.HostView;
import org.cloister.isolation.control.LiveSlices;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are generated from the OpenAPI document, sent to the whole application on top of all of control and
 * simulated switches: none is answered 500, none that is refused or only asks changes anything, then or a moment
 * later, and every answer is one that the document tells of.
 *
 * <p>{@code -Dcloister.fuzz.seed=N} makes other requests, {@code -Dcloister.fuzz.requests=N} another number.
 */
class GeneratedRequestsTest extends RestTest {

    private static final long SEED = 1;
    private static final int REQUESTS = 10_000;
    private static final int REQUESTS_OF_A_CAMPAIGN = 200_000;

    /** What depends on the state of slices; anything else is refused before that is looked at. */
    private static final Set<Integer> DECIDED = Set.of(409, 412, 422, 503);
    private static final int SHOWN = 20;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final LiveSlices live = LiveSlices.start(3, 3, 4);
    private final ApiDocument document = ApiDocument.served();
    private final List<String> serverErrors = new ArrayList<>();
    private final List<String> stateChanged = new ArrayList<>();
    private final List<String> untold = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, Map<Integer, Integer>> byOperation = new TreeMap<>();

    @Override
    Object service(Class<?> type) {
        return live.offers(type) ? live.service(type) : super.service(type);
    }

    @Test
    void nothingBreaksAndRefusalsChangeNothing() throws Exception {
        Reports.clear("fuzz");
        long seed = Long.getLong("cloister.fuzz.seed", SEED);
        int requests = Integer.getInteger("cloister.fuzz.requests",
                Reports.isFull() ? REQUESTS_OF_A_CAMPAIGN : REQUESTS);
        RequestGenerator generator = new RequestGenerator(document, new Vocabulary(
                live.service(FabricService.class).fabric().hosts().stream().map(HostView::name).collect(Collectors.toList())), seed);
        State before = rested();
        JqwikSession.start();
        try {
            for (int i = 0; i < requests; i++) {
                before = judge(generator.next(), before);
            }
        } finally {
            JqwikSession.finish();
        }
        write(seed, requests);
        assertThat(serverErrors).isEmpty();
        assertThat(stateChanged).isEmpty();
        assertThat(untold.stream().limit(SHOWN)).isEmpty();
        assertThat(live.violations()).isEmpty();
        assertThat(statuses).as("nothing is wrong here that a request should have to wait for").doesNotContainKey(503);
        // else little was there that a refused request could have changed
        assertThat(granted()).isGreaterThan(requests / 100);
        assertThat(statuses.getOrDefault(409, 0)).isGreaterThan(requests / 100);
        assertThat(byOperation.get("PUT /circuits/{switch}/{port}/{peer}")).containsKeys(200, 201, 409, 422);
        assertThat(byOperation.get("DELETE /circuits/{switch}/{port}/{peer}")).containsKeys(204, 404);
    }

    /** Sends a request, judges its answer, and returns the state that the next one finds. */
    private State judge(GeneratedRequest request, State before) throws Exception {
        HttpResponse<String> response = answer(request);
        int status = response.statusCode();
        statuses.merge(status, 1, Integer::sum);
        request.operation.ifPresent(operation -> byOperation
                .computeIfAbsent(operation.toString(), key -> new TreeMap<>()).merge(status, 1, Integer::sum));
        if (status == 500) {
            serverErrors.add(request + " -> " + response.body());
        }
        fault(request, response).ifPresent(fault -> untold.add(fault + ": " + request + " -> " + status + " "
                + response.body()));
        boolean mayChange = status < 400 && !READING.contains(request.method) && !request.target.contains("dryRun=true")
                && !request.target.startsWith("plans");
        if (mayChange) {
            return rested();
        }
        State now = DECIDED.contains(status) ? new State(live.later(), others()) : state();
        if (!now.equals(before)) {
            stateChanged.add(request + " -> " + status + " " + response.body() + "\n" + before.difference(now));
        }
        return live.leaseEndsSoon() ? rested() : now;
    }

    private HttpResponse<String> answer(GeneratedRequest request) throws Exception {
        try {
            return send(as(request));
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        }
    }

    private HttpRequest.Builder as(GeneratedRequest request) {
        HttpRequest.Builder builder = as(request.user, request.target).method(request.method,
                request.body.length == 0 ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(request.body));
        request.headers.forEach(builder::header);
        return builder;
    }

    /** Says in what an answer differs from the document; empty if in nothing. */
    private Optional<String> fault(GeneratedRequest request, HttpResponse<String> response) throws IOException {
        String status = String.valueOf(response.statusCode());
        if (request.operation.isPresent()
                && !request.operation.get().responses().containsKey(status)) {
            return Optional.of("undocumented status");
        }
        if (response.statusCode() < 400 || request.method.equals("HEAD")) {
            return Optional.empty();
        }
        if (!"application/problem+json".equals(response.headers().firstValue("Content-Type").orElse(""))) {
            return Optional.of("no problem");
        }
        String code = json(response).path("type").asText().replaceFirst(".*/", "");
        boolean listed = ApiDocument.elements(document.root().at("/components/schemas/Problem/properties/type/x-codes")
                .path(status)).stream().map(JsonNode::textValue).anyMatch(code::equals);
        return listed ? Optional.empty() : Optional.of("unlisted problem");
    }

    private void write(long seed, int requests) throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("requests", requests);
        figures.put("serverErrors", serverErrors.size());
        figures.put("stateChanged", stateChanged.size());
        figures.put("untold", untold.size());
        figures.put("granted", granted());
        figures.put("seed", seed);
        figures.put("statuses", statuses);
        figures.put("operations", byOperation);
        Reports.write("fuzz", serverErrors.isEmpty() && stateChanged.isEmpty() && untold.isEmpty(), figures);
    }

    /** Returns how many slices were made or changed. */
    private int granted() {
        Map<Integer, Integer> puts = byOperation.getOrDefault("PUT /slices/{id}", Map.of());
        return puts.getOrDefault(201, 0) + puts.getOrDefault(202, 0);
    }

    private State rested() {
        return new State(live.rest(), others());
    }

    private State state() {
        return new State(live.state(), others());
    }

    private String others() {
        return drains.drains() + " " + circuits.view().circuits() + " " + new TreeMap<>(circuits.demands());
    }

    /** All that a request can change. */
    private static final class State {

        private final SortedMap<String, String> entries;

        State(SortedMap<String, String> entries, String others) {
            this.entries = new TreeMap<>(entries);
            this.entries.put("drains and circuits", others);
        }

        /** Returns the entries that another state has not, or has with another value. */
        String difference(State other) {
            Map<String, String> changed = new TreeMap<>(other.entries);
            changed.entrySet().removeAll(entries.entrySet());
            Map<String, String> gone = new TreeMap<>(entries);
            gone.entrySet().removeAll(other.entries.entrySet());
            return "was " + gone + "\nis " + changed;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State && ((State) other).entries.equals(entries);
        }

        @Override
        public int hashCode() {
            return entries.hashCode();
        }
    }
}
