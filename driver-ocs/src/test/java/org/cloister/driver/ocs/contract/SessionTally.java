package org.cloister.driver.ocs.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts how the servers fare with {@link SessionContract}, into the report {@code sessions}:
 * {@code {SERVER: {"passed", "failed", "unsupported"}}}. What passed counts as unsupported if the test saw something
 * that the server is declared to lack: as a rule that it was refused, or that the server takes any password, or has
 * forgotten its circuits when it restarts.
 */
final class SessionTally implements TestWatcher, AfterAllCallback {

    private static final String REPORT = "sessions";

    private final Map<String, Integer> counts = new TreeMap<>(Map.of("passed", 0, "failed", 0, "unsupported", 0));

    @Override
    public void testSuccessful(ExtensionContext context) {
        count(contract(context).sawRefusal() ? "unsupported" : "passed");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        count("failed");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            // a server that did not start has passed nothing, and no test tells
            count("failed");
        }
        SortedMap<String, Map<String, Integer>> servers = others();
        servers.put(contract(context).serverName(), counts);
        Reports.write(REPORT, servers.values().stream().allMatch(each -> each.get("failed") == 0), servers);
    }

    private void count(String outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    private static SessionContract contract(ExtensionContext context) {
        return (SessionContract) context.getRequiredTestInstance();
    }

    /** What the other servers have in the report already. */
    private static SortedMap<String, Map<String, Integer>> others() throws IOException {
        SortedMap<String, Map<String, Integer>> servers = new TreeMap<>();
        Path file = Reports.directory().resolve(REPORT + ".json");
        if (Files.exists(file)) {
            new ObjectMapper().readTree(file.toFile()).fields().forEachRemaining(each -> {
                if (each.getValue().isObject()) {
                    servers.put(each.getKey(), counts(each.getValue()));
                }
            });
        }
        return servers;
    }

    private static Map<String, Integer> counts(JsonNode server) {
        Map<String, Integer> counts = new TreeMap<>();
        server.fields().forEachRemaining(each -> counts.put(each.getKey(), each.getValue().intValue()));
        return counts;
    }
}
