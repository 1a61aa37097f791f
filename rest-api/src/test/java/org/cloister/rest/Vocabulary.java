package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What fields and parameters hold beyond what their schemas say, by name, so that a good part of generated requests
 * is granted: hosts that are there, few names, rates that fit.
 */
final class Vocabulary {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** How often a field that may be missing is there, in percent; {@link #USUAL} for others. */
    private static final Map<String, Integer> PRESENCE = Map.ofEntries(Map.entry("members", 97),
            Map.entry("nodes", 3), Map.entry("placement", 20), Map.entry("patterns", 20), Map.entry("groups", 6),
            Map.entry("steps", 3), Map.entry("role", 2), Map.entry("guaranteedBitsPerSecond", 40),
            Map.entry("limitBitsPerSecond", 10), Map.entry("circuits", 3), Map.entry("repack", 10));

    /** Lists that hold nothing twice, and something. */
    private static final Set<String> DISTINCT = Set.of("members", "nodes", "slices", "candidates");

    private static final int USUAL = 25;

    private final Map<String, Arbitrary<JsonNode>> values;

    /** Creates the vocabulary of a fabric's hosts, each a node of its own. */
    Vocabulary(List<String> hosts) {
        Arbitrary<JsonNode> host = Arbitraries.frequencyOf(
                Tuple.of(40, Arbitraries.of(hosts)),
                Tuple.of(1, Arbitraries.of("gpu-9-9", "", "GPU-1-1", "gpu-1-1 "))).map(JSON::textNode);
        Arbitrary<JsonNode> id = Arbitraries.of("a", "b", "c", "job-1", "job-2", "x.y_z").map(JSON::textNode);
        Arbitrary<JsonNode> drained = Arbitraries.of("spine-1", "spine-3", "leaf-1", "leaf-1/5", "leaf-9/1", "spine-1/1", "ocs-1")
                .map(JSON::textNode);
        Arbitrary<JsonNode> rate = Arbitraries.of(1_000_000_000L, 10_000_000_000L, 25_000_000_000L, 100_000_000_000L,
                1L, 0L, -1L, 400_000_000_000L, Long.MAX_VALUE).map(JSON::numberNode);
        Arbitrary<JsonNode> label = Arbitraries.of("cluster:a", "cluster:b", "cluster", ":", "team:x:y")
                .map(JSON::textNode);
        Arbitrary<JsonNode> rank = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.integers().between(0, 3)),
                Tuple.of(1, Arbitraries.of(-1, 7, Integer.MAX_VALUE))).map(JSON::numberNode);
        Arbitrary<JsonNode> owner = Arbitraries.of("slurm", "kueue", "boss", "nobody").map(JSON::textNode);
        Arbitrary<JsonNode> etag = Arbitraries.of("\"1\"", "\"2\"", "1", "*", "W/\"1\"", "\"\"", "\"x\"",
                "\"99999999999999999999\"", "\"1\", \"2\"", "-1").map(JSON::textNode);
        Arbitrary<JsonNode> optical = Arbitraries.frequencyOf(Tuple.of(8, Arbitraries.of("ocs-1", "ocs-2")),
                Tuple.of(1, Arbitraries.of("ocs-9", "leaf-1", "OCS-1"))).map(JSON::textNode);
        // few, so that what is there is met again
        Arbitrary<JsonNode> port = Arbitraries.frequencyOf(Tuple.of(16, Arbitraries.of("1", "2", "3")),
                Tuple.of(1, Arbitraries.of("0", "9", "01", "1/1"))).map(JSON::textNode);
        Arbitrary<JsonNode> peer = Arbitraries.frequencyOf(Tuple.of(16, Arbitraries.of("5", "6", "6", "3")),
                Tuple.of(1, Arbitraries.of("7", "99", "ü"))).map(JSON::textNode);
        Arbitrary<JsonNode> placement = placement(host);
        values = Map.ofEntries(Map.entry("host", host), Map.entry("placement", placement), Map.entry("nodes[]", host),
                Map.entry("id", id), Map.entry("slices[]", id), Map.entry("name", drained),
                Map.entry("guaranteedBitsPerSecond", rate), Map.entry("limitBitsPerSecond", rate),
                Map.entry("label", label), Map.entry("groups[][]", rank), Map.entry("steps[][][]", rank),
                Map.entry("owner", owner), Map.entry("switch", optical), Map.entry("port", port),
                Map.entry("peer", peer), Map.entry("If-Match", etag), Map.entry("If-None-Match", etag));
    }

    private static Arbitrary<JsonNode> placement(Arbitrary<JsonNode> node) {
        Arbitrary<Integer> hosts = Arbitraries.frequencyOf(Tuple.of(20, Arbitraries.integers().between(1, 6)),
                Tuple.of(1, Arbitraries.of(0, -1, 99, Integer.MAX_VALUE)));
        Arbitrary<Optional<Integer>> nics = Arbitraries.of(1, 1, 1, 1, 2, 0).map(Optional::of).injectNull(0.5)
                .map(each -> each == null ? Optional.empty() : each);
        Arbitrary<List<JsonNode>> candidates = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(List.of())),
                Tuple.of(1, node.list().uniqueElements().ofMinSize(3).ofMaxSize(8)));
        return Combinators.combine(hosts, nics, candidates, Arbitraries.of("", "now", "later"))
                .as((count, each, named, bind) -> {
                    ObjectNode placement = JSON.objectNode().put("hosts", count);
                    each.ifPresent(number -> placement.put("nicsPerNode", number));
                    if (!named.isEmpty()) {
                        placement.putArray("candidates").addAll(named);
                    }
                    return bind.isEmpty() ? placement : placement.put("bind", bind);
                });
    }

    /** Returns the fields that an object with one of a name has only rarely: hosts are named or placed. */
    static Set<String> inPlaceOf(String name) {
        return name.equals("placement") ? Set.of("members", "nodes") : Set.of();
    }

    /** Returns what a field of that name holds; {@code []} stands for the elements of a list. */
    Optional<Arbitrary<JsonNode>> of(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Returns whether a list holds something, and nothing twice. */
    static boolean isDistinct(String name) {
        return DISTINCT.contains(name);
    }

    /** Returns how often a field is there that need not be, in percent. */
    static int presence(String name) {
        return PRESENCE.getOrDefault(name, USUAL);
    }
}
