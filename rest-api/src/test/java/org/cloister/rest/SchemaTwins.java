package org.cloister.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import org.cloister.isolation.api.Json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares schemas with the values that they describe, through all that these are made of. */
final class SchemaTwins {

    private final ApiDocument document;
    private final List<String> differences = new ArrayList<>();
    private final Set<String> compared = new TreeSet<>();
    private final Set<String> done = new HashSet<>();

    SchemaTwins(ApiDocument document) {
        this.document = document;
    }

    /** Compares a schema with a type. */
    void compare(JsonNode schema, Class<?> type) {
        compare(type.getSimpleName(), schema, Json.mapper().constructType(type), true);
    }

    /** Returns what one side has and the other has not. */
    List<String> differences() {
        return differences;
    }

    /** Returns the names of all schemas that were compared. */
    Set<String> compared() {
        return compared;
    }

    private void compare(String at, JsonNode schema, JavaType type, boolean nullIsWritten) {
        boolean optional = type.isReferenceType() || type.hasRawClass(OptionalInt.class)
                || type.hasRawClass(OptionalLong.class) || type.hasRawClass(OptionalDouble.class);
        if (isNullable(schema) ? !optional : optional && nullIsWritten) {
            differences.add(at + (optional ? " may be null" : " is never null"));
        }
        JsonNode bare = withoutNull(schema);
        if (bare.has("$ref")) {
            String reference = bare.get("$ref").textValue();
            compared.add(reference.substring(reference.lastIndexOf('/') + 1));
        }
        JavaType content = type.isReferenceType() ? type.getContentType() : type;
        if (done.add(bare + " " + content)) {
            compareBare(at, document.resolved(bare), content);
        }
    }

    private void compareBare(String at, JsonNode schema, JavaType type) {
        String kind = kind(type);
        if (!types(schema).equals(kind.isEmpty() ? Set.of() : Set.of(kind))) {
            differences.add(at + " is " + kind + ", not " + types(schema));
            return;
        }
        if (type.hasRawClass(Instant.class) != "date-time".equals(schema.path("format").textValue())) {
            differences.add(at + ": format date-time");
        }
        if (type.isEnumType()) {
            Set<String> words = Arrays.stream(type.getRawClass().getEnumConstants())
                    .map(each -> Json.mapper().valueToTree(each).asText()).collect(Collectors.toSet());
            same(at + ": words", words, texts(schema.path("enum")));
        } else if (type.isCollectionLikeType()) {
            compare(at + "[]", schema.path("items"), type.getContentType(), true);
        } else if (type.isMapLikeType()) {
            compare(at + "{}", schema.path("additionalProperties"), type.getContentType(), true);
        } else if (kind.equals("object")) {
            compareFields(at, schema, type);
        }
    }

    private void compareFields(String at, JsonNode schema, JavaType type) {
        Class<?> raw = type.getRawClass();
        boolean nullsWritten = raw.getAnnotation(JsonInclude.class) == null;
        Map<String, JavaType> coded = fields(type);
        Map<String, JsonNode> written = ApiDocument.fields(schema.path("properties"));
        same(at + ": fields", coded.keySet(), written.keySet());
        coded.forEach((name, field) -> {
            if (written.containsKey(name)) {
                compare(at + "." + name, written.get(name), field, nullsWritten);
            }
        });
    }

    /** Returns the fields of a value as it is written. */
    static Map<String, JavaType> fields(JavaType type) {
        Map<String, JavaType> fields = new TreeMap<>();
        for (BeanPropertyDefinition each : described(immutable(type)).findProperties()) {
            if (each.couldSerialize()) {
                fields.put(each.getName(), each.getAccessor().getType());
            }
        }
        return fields;
    }

    private static JavaType immutable(JavaType type) {
        Class<?> raw = type.getRawClass();
        try {
            return Json.mapper().constructType(
                    Class.forName(raw.getPackageName() + ".Immutable" + raw.getSimpleName()));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static BeanDescription described(JavaType type) {
        return Json.mapper().getSerializationConfig().introspect(type);
    }

    private void same(String what, Set<String> coded, Set<String> written) {
        if (!new TreeSet<>(coded).equals(new TreeSet<>(written))) {
            differences.add(what + ": coded " + new TreeSet<>(coded) + ", written " + new TreeSet<>(written));
        }
    }

    /** Returns what a type is in JSON; empty for anything. */
    private static String kind(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == boolean.class || raw == Boolean.class) {
            return "boolean";
        }
        if (raw == double.class || raw == Double.class || raw == OptionalDouble.class) {
            return "number";
        }
        if (raw == int.class || raw == long.class || Number.class.isAssignableFrom(raw) || raw == OptionalInt.class
                || raw == OptionalLong.class) {
            return "integer";
        }
        if (JsonNode.class.isAssignableFrom(raw)) {
            return "";
        }
        if (type.isCollectionLikeType()) {
            return "array";
        }
        boolean text = raw == String.class || raw == Instant.class || raw.isEnum()
                || !type.isMapLikeType() && described(type).findJsonValueAccessor() != null;
        return text ? "string" : "object";
    }

    private static boolean isNullable(JsonNode schema) {
        return texts(schema.path("type")).contains("null")
                || ApiDocument.elements(schema.path("oneOf")).stream().anyMatch(SchemaTwins::isNull);
    }

    private static boolean isNull(JsonNode schema) {
        return "null".equals(schema.path("type").textValue());
    }

    private static JsonNode withoutNull(JsonNode schema) {
        return ApiDocument.elements(schema.path("oneOf")).stream().filter(each -> !isNull(each)).findFirst()
                .orElse(schema);
    }

    private static Set<String> types(JsonNode schema) {
        return texts(schema.path("type")).stream().filter(type -> !type.equals("null")).collect(Collectors.toSet());
    }

    private static Set<String> texts(JsonNode node) {
        return node.isTextual() ? Set.of(node.textValue())
                : ApiDocument.elements(node).stream().map(JsonNode::asText).collect(Collectors.toSet());
    }
}
