package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The OpenAPI document as a tree, with what tests ask of it. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode root;

    private ApiDocument(JsonNode root) {
        this.root = root;
    }

    /** Returns the document that the application serves. */
    static ApiDocument served() {
        try {
            return new ApiDocument(Json.mapper().readTree(OpenApiResource.bytes("cloister-v1.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    /** Returns the schemas that have a name. */
    Map<String, JsonNode> schemas() {
        return fields(root.at("/components/schemas"));
    }

    /** Returns a node, or what it refers to. */
    JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        while (found.has("$ref")) {
            found = root.at(found.get("$ref").textValue().substring(1));
        }
        return found;
    }

    /** Returns all operations in the order of the document. */
    List<Operation> operations() {
        List<Operation> found = new ArrayList<>();
        fields(root.get("paths")).forEach((path, item) -> fields(item).forEach((name, operation) -> {
            if (METHODS.contains(name)) {
                found.add(new Operation(name.toUpperCase(Locale.ROOT), path, item, operation));
            }
        }));
        return found;
    }

    /** Returns the fields of an object in their order. */
    static Map<String, JsonNode> fields(JsonNode node) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> each = node.fields(); each.hasNext();) {
            Map.Entry<String, JsonNode> field = each.next();
            fields.put(field.getKey(), field.getValue());
        }
        return fields;
    }

    /** Returns the elements of a list. */
    static List<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false).collect(Collectors.toList());
    }

    /** One method of one path. */
    final class Operation {

        private final String method;
        private final String path;
        private final JsonNode item;
        private final JsonNode tree;

        private Operation(String method, String path, JsonNode item, JsonNode tree) {
            this.method = method;
            this.path = path;
            this.item = item;
            this.tree = tree;
        }

        String method() {
            return method;
        }

        /** Returns the template, which begins with a slash. */
        String path() {
            return path;
        }

        /** Returns the parameters in a place: path, query or header. */
        List<JsonNode> parameters(String in) {
            List<JsonNode> all = new ArrayList<>(elements(item.path("parameters")));
            all.addAll(elements(tree.path("parameters")));
            return all.stream().map(ApiDocument.this::resolved).filter(each -> in.equals(each.get("in").textValue()))
                    .collect(Collectors.toList());
        }

        /** Returns the schema of the body, if the operation takes one. */
        Optional<JsonNode> body() {
            JsonNode schema = tree.at("/requestBody/content/application~1json/schema");
            return schema.isMissingNode() ? Optional.empty() : Optional.of(schema);
        }

        /** Returns the answers by status. */
        Map<String, JsonNode> responses() {
            Map<String, JsonNode> all = new LinkedHashMap<>();
            fields(tree.get("responses")).forEach((status, response) -> all.put(status, resolved(response)));
            return all;
        }

        /** Returns the schema of an answer's JSON body, if there is one. */
        Optional<JsonNode> answer(String status) {
            JsonNode content = responses().get(status).path("content");
            JsonNode json = content.has("application/json") ? content.get("application/json")
                    : content.path("application/problem+json");
            return json.has("schema") ? Optional.of(json.get("schema")) : Optional.empty();
        }

        /** Returns whether nobody needs to log in for it. */
        boolean open() {
            return tree.path("security").path(0).isEmpty() && tree.has("security");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
