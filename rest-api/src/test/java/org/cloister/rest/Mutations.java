package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Turns a value into one that is wrong in one place, or its text into one that is no JSON. */
final class Mutations {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    /** What is put in place of something: of other types, out of all ranges, hard to read or to write. */
    private static final List<JsonNode> STRANGE = List.of(
            JSON.nullNode(), JSON.booleanNode(true), JSON.numberNode(-1), JSON.numberNode(0), JSON.numberNode(1.5),
            JSON.numberNode(Long.MAX_VALUE), JSON.numberNode(Long.MIN_VALUE), JSON.numberNode(BigInteger.TEN.pow(30)),
            JSON.numberNode(BigInteger.TEN.pow(400)), JSON.numberNode(new BigDecimal("1E400")),
            JSON.numberNode(new BigDecimal("1E-400")), JSON.textNode(""), JSON.textNode("5"), JSON.textNode("null"),
            JSON.textNode("\u0000"), JSON.textNode("\uD83D\uDE00 ünïcödé \u202E"), JSON.textNode("\uD800"),
            JSON.textNode("x".repeat(70_000)), JSON.textNode("../../etc"), JSON.textNode("%00"),
            JSON.textNode("a\r\nb: c"), JSON.arrayNode(), JSON.objectNode(), JSON.arrayNode().add(JSON.nullNode()),
            nested(20), nested(500));

    private static final List<String> NAMES = List.of("", "unknown", "__proto__", "host ", "Members", "a/b~c", "\u0000");

    private Mutations() {
    }

    /** Returns a copy that differs in one place. */
    static JsonNode mutated(JsonNode value, Random random) {
        JsonNode copy = value.deepCopy();
        List<JsonNode> containers = new ArrayList<>();
        collect(copy, containers);
        if (containers.isEmpty() || random.nextInt(20) == 0) {
            return any(STRANGE, random);
        }
        JsonNode container = any(containers, random);
        if (container.isObject()) {
            mutate((ObjectNode) container, random);
        } else {
            mutate((ArrayNode) container, random);
        }
        return copy;
    }

    /** Returns bytes that differ from JSON's text in one respect. */
    static byte[] malformed(JsonNode value, Random random) {
        String text = value.toString();
        int at = random.nextInt(text.length());
        List<Charset> charsets = List.of(StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1,
                Charset.forName("UTF-32"));
        switch (random.nextInt(8)) {
            case 0:
                return text.substring(0, at).getBytes(StandardCharsets.UTF_8);
            case 1:
                return (text.substring(0, at) + any(List.of("{", "]", "\"", ",", "\u0000", "NaN", "//"), random)
                        + text.substring(at)).getBytes(StandardCharsets.UTF_8);
            case 2:
                return (text + text).getBytes(StandardCharsets.UTF_8);
            case 3:
                return text.replaceFirst("\\{", "{\"labels\":{},\"labels\":{},").getBytes(StandardCharsets.UTF_8);
            case 4:
                return (text + "ü\uD83D\uDE00").getBytes(any(charsets, random));
            case 5:
                byte[] broken = text.getBytes(StandardCharsets.UTF_8);
                broken[random.nextInt(broken.length)] = (byte) (random.nextInt(128) - 128);
                return broken;
            case 6:
                return any(List.of("", " ", "null", "[]", "0", "\"\"", "true", "[".repeat(20_000)), random)
                        .getBytes(StandardCharsets.UTF_8);
            default:
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                return noise;
        }
    }

    private static void mutate(ObjectNode object, Random random) {
        List<String> names = ApiDocument.fields(object).keySet().stream().collect(Collectors.toList());
        int kind = random.nextInt(4);
        if (kind == 0 || names.isEmpty()) {
            object.set(any(NAMES, random), any(STRANGE, random));
        } else if (kind == 1) {
            object.remove(any(names, random));
        } else {
            object.set(any(names, random), any(STRANGE, random));
        }
    }

    private static void mutate(ArrayNode array, Random random) {
        if (array.size() == 0 || random.nextInt(3) == 0) {
            array.insert(random.nextInt(array.size() + 1), any(STRANGE, random));
        } else if (random.nextInt(3) == 0) {
            array.add(array.get(random.nextInt(array.size())).deepCopy());
        } else {
            array.set(random.nextInt(array.size()), any(STRANGE, random));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
        }
        node.forEach(child -> collect(child, containers));
    }

    private static JsonNode nested(int levels) {
        JsonNode node = JSON.numberNode(1);
        for (int level = 0; level < levels; level++) {
            node = JSON.arrayNode().add(node);
        }
        return node;
    }

    static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
