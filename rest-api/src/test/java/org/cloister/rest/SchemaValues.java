package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ListArbitrary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Values that a schema allows. */
final class SchemaValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_ELEMENTS = 4;
    private static final int MOST_WITHOUT_MAXIMUM = 8;

    private final ApiDocument document;
    private final Vocabulary vocabulary;

    SchemaValues(ApiDocument document, Vocabulary vocabulary) {
        this.document = document;
        this.vocabulary = vocabulary;
    }

    /** Returns the values of a field; the name decides on the words that it is made of. */
    Arbitrary<JsonNode> of(String name, JsonNode written) {
        Optional<Arbitrary<JsonNode>> known = vocabulary.of(name);
        if (known.isPresent()) {
            return known.get();
        }
        JsonNode schema = document.resolved(written);
        if (schema.has("oneOf")) {
            return Arbitraries.oneOf(ApiDocument.elements(schema.get("oneOf")).stream()
                    .map(each -> of(name, each)).collect(Collectors.toList()));
        }
        if (schema.has("enum")) {
            return Arbitraries.of(ApiDocument.elements(schema.get("enum")));
        }
        List<JsonNode> types = schema.path("type").isArray() ? ApiDocument.elements(schema.get("type"))
                : List.of(schema.path("type"));
        return Arbitraries.oneOf(types.stream().map(type -> ofType(name, type.asText(), schema))
                .collect(Collectors.toList()));
    }

    private Arbitrary<JsonNode> ofType(String name, String type, JsonNode schema) {
        switch (type) {
            case "null":
                return Arbitraries.just(JSON.nullNode());
            case "boolean":
                return Arbitraries.of(true, false).map(JSON::booleanNode);
            case "integer":
                return Arbitraries.longs().between(schema.path("minimum").asLong(0),
                        schema.path("maximum").asLong(MOST_WITHOUT_MAXIMUM)).map(JSON::numberNode);
            case "array":
                return list(name, schema);
            case "object":
                return schema.path("additionalProperties").isObject() ? map(name, schema) : object(schema);
            default:
                return Arbitraries.strings().alpha().numeric().ofMinLength(schema.path("minLength").asInt(0))
                        .ofMaxLength(12).map(JSON::textNode);
        }
    }

    private Arbitrary<JsonNode> list(String name, JsonNode schema) {
        ListArbitrary<JsonNode> list = of(name + "[]", schema.get("items")).list();
        list = Vocabulary.isDistinct(name) ? list.uniqueElements().ofMinSize(1)
                : list.ofMinSize(schema.path("minItems").asInt(0));
        return list.ofMaxSize(Math.min(MOST_ELEMENTS, schema.path("maxItems").asInt(MOST_ELEMENTS))).map(items -> new ArrayNode(JSON, new ArrayList<>(items)));
    }

    private Arbitrary<JsonNode> map(String name, JsonNode schema) {
        return Arbitraries.maps(Arbitraries.of("cluster", "team", "job"),
                Arbitraries.oneOf(Arbitraries.of("a", "b").map(JSON::textNode),
                        of(name + "{}", schema.get("additionalProperties")))).ofMaxSize(2)
                .map(entries -> {
                    ObjectNode object = JSON.objectNode();
                    object.setAll(entries);
                    return object;
                });
    }

    private Arbitrary<JsonNode> object(JsonNode schema) {
        Set<String> required = ApiDocument.elements(schema.path("required")).stream().map(JsonNode::textValue)
                .collect(Collectors.toSet());
        Map<String, JsonNode> properties = ApiDocument.fields(schema.path("properties"));
        List<Arbitrary<Optional<JsonNode>>> fields = new ArrayList<>();
        properties.forEach((name, property) -> {
            int presence = required.contains(name) ? 100 : Vocabulary.presence(name);
            Arbitrary<Optional<JsonNode>> present = of(name, property).map(Optional::of);
            fields.add(presence == 100 ? present : Arbitraries.frequencyOf(Tuple.of(presence, present),
                    Tuple.of(100 - presence, Arbitraries.just(Optional.empty()))));
        });
        List<String> names = new ArrayList<>(properties.keySet());
        fields.add(Arbitraries.frequencyOf(Tuple.of(19, Arbitraries.just(Optional.of(JSON.booleanNode(true)))),
                Tuple.of(1, Arbitraries.just(Optional.empty()))));
        return Combinators.combine(fields).as(values -> {
            ObjectNode object = JSON.objectNode();
            for (int i = 0; i < names.size(); i++) {
                if (values.get(i).isPresent()) {
                    object.set(names.get(i), values.get(i).get());
                }
            }
            if (values.get(names.size()).isPresent()) {
                names.stream().filter(object::has).forEach(name -> object.remove(Vocabulary.inPlaceOf(name)));
            }
            return object;
        });
    }
}
