package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Requests made of the OpenAPI document: what it describes, that with one thing wrong, and what it does not describe.
 * A seed gives the same requests every time.
 */
final class RequestGenerator {

    private static final int SIZE = 1_000;

    /** Those who own slices come more often than those who are refused whatever they ask. */
    private static final List<String> USERS = List.of("", "guest", "reader", "slurm", "slurm", "slurm", "slurm",
            "slurm", "slurm", "slurm", "slurm", "kueue", "kueue", "kueue", "boss", "boss", "boss", "onos");

    /** Circuits are made by hand by administrators alone. */
    private static final List<String> OPTICAL_USERS = List.of("", "guest", "reader", "slurm", "boss", "boss", "boss",
            "boss", "boss", "boss", "onos");

    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE", "PATCH",
            "TRACE", "PROPFIND");

    /** The server of the tests takes what follows another method for the next request. */
    private static final Set<String> WITH_BODY = Set.of("PUT", "POST", "PATCH");

    private static final List<String> PATHS = List.of("", "slices/", "slices//a", "slices/a/b", "slices/a;x=1",
            "slices/%2e%2e/a", "slices/a%00", "slices/%C3%BC", "slices/" + "x".repeat(64), "fabric/", "nowhere",
            "health/x", "application.wadl", "circuits/ocs-1", "switches/a/b", "slices/-a", "drains/", "renew/a");

    private static final List<String> MEDIA_TYPES = List.of("text/plain", "application/xml", "application/json-patch",
            "application/json;charset=utf-16", "application/*", "json", "*/*", "multipart/form-data",
            "application/x-www-form-urlencoded", ";", "");

    private static final List<String> STRANGE = List.of("", "-1", "0", "61", "1001", "99999999999999999999", "NaN",
            "true", "TRUE", "null", "\u0000", "ü", "a b", "%", "' or 1=1", "x".repeat(3_000), "!", "YQ", "ACTIVE");

    private final List<ApiDocument.Operation> operations;
    private final Random random;
    private final SchemaValues values;
    private final Map<String, RandomGenerator<JsonNode>> generators = new HashMap<>();

    RequestGenerator(ApiDocument document, Vocabulary vocabulary, long seed) {
        // writes are what can go wrong
        operations = document.operations().stream()
                .flatMap(each -> Collections.nCopies(weight(each), each).stream()).collect(Collectors.toList());
        random = new Random(seed);
        values = new SchemaValues(document, vocabulary);
    }

    GeneratedRequest next() {
        ApiDocument.Operation operation = Mutations.any(operations, random);
        Map<String, String> headers = new TreeMap<>();
        String path = path(operation);
        String query = query(operation);
        headers(operation, headers);
        byte[] body = operation.body().map(schema -> body(operation, schema)).orElse(new byte[0]);
        String user = Mutations.any(operation.path().startsWith("/circuits") ? OPTICAL_USERS : USERS, random);
        switch (random.nextInt(24)) {
            case 0:
                String method = Mutations.any(METHODS, random);
                return new GeneratedRequest(user, method, path + query, headers,
                        WITH_BODY.contains(method) ? body : new byte[0], Optional.empty());
            case 1:
                return new GeneratedRequest(user, operation.method(), Mutations.any(PATHS, random) + query, headers,
                        body, Optional.empty());
            case 2:
                headers.put("Content-Type", Mutations.any(MEDIA_TYPES, random));
                break;
            case 3:
                headers.put("Accept", Mutations.any(MEDIA_TYPES, random));
                break;
            case 4:
                headers.put(Mutations.any(List.of("If-Match", "If-None-Match", "If-Modified-Since", "Range",
                        "Content-Encoding", "X-HTTP-Method-Override"), random), Mutations.any(STRANGE, random)
                        .replaceAll("[^\\x20-\\x7e]", "?"));
                break;
            default:
                break;
        }
        return new GeneratedRequest(user, operation.method(), path + query, headers, body, Optional.of(operation));
    }

    private static int weight(ApiDocument.Operation operation) {
        switch (operation.method()) {
            case "GET":
                return 1;
            case "PUT":
                return operation.path().startsWith("/slices") ? 26 : 4;
            case "DELETE":
                return operation.path().startsWith("/slices") ? 10 : 4;
            default:
                return 4;
        }
    }

    private String path(ApiDocument.Operation operation) {
        String path = operation.path().substring(1);
        for (JsonNode parameter : operation.parameters("path")) {
            path = path.replace("{" + parameter.get("name").textValue() + "}",
                    encoded(random.nextInt(20) == 0 ? Mutations.any(STRANGE.subList(1, STRANGE.size()), random)
                            : sample(operation, parameter.get("name").textValue(), parameter.get("schema")).asText()));
        }
        return path;
    }

    private String query(ApiDocument.Operation operation) {
        StringBuilder query = new StringBuilder();
        BiFunction<String, String, String> pair = (name, value) -> (query.length() == 0 ? "?" : "&") + encoded(name)
                + "=" + encoded(value);
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.get("name").textValue();
            if (random.nextInt(6) == 0) {
                query.append(pair.apply(name, random.nextInt(8) == 0 ? Mutations.any(STRANGE, random)
                        : sample(operation, name, parameter.get("schema")).asText()));
            }
        }
        if (random.nextInt(30) == 0) {
            query.append(pair.apply(Mutations.any(List.of("force", "", "wait", "owner", "a[]"), random), "1"));
        }
        return query.toString();
    }

    private void headers(ApiDocument.Operation operation, Map<String, String> headers) {
        operation.body().ifPresent(schema -> headers.put("Content-Type", "application/json"));
        for (JsonNode parameter : operation.parameters("header")) {
            if (random.nextInt(12) == 0) {
                String name = parameter.get("name").textValue();
                headers.put(name, sample(operation, name, parameter.get("schema")).asText());
            }
        }
    }

    private byte[] body(ApiDocument.Operation operation, JsonNode schema) {
        JsonNode valid = sample(operation, "", schema);
        int kind = random.nextInt(10);
        return kind < 6 ? valid.toString().getBytes(StandardCharsets.UTF_8)
                : kind < 9 ? Mutations.mutated(valid, random).toString().getBytes(StandardCharsets.UTF_8)
                : Mutations.malformed(valid, random);
    }

    private JsonNode sample(ApiDocument.Operation operation, String name, JsonNode schema) {
        return generators.computeIfAbsent(operation + " " + name, key -> {
            Arbitrary<JsonNode> arbitrary = values.of(name, schema);
            return arbitrary.generator(SIZE);
        }).next(random).value();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
