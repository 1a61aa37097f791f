package org.cloister.driver.ocs.gnmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import org.cloister.gnmi.TypedValue;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads values in whatever encoding a switch sends them: a scalar, or JSON of a leaf or of everything below a path. */
final class Values {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Values() {
    }

    /** Who is told of leaves. */
    interface Leaves {
        /** Takes a leaf and its value as text. */
        void leaf(Location location, String value);
    }

    /**
     * Tells of all leaves of a value.
     *
     * @throws UncheckedIOException if it is no JSON although it says so
     */
    static void read(Location location, TypedValue value, Leaves leaves) {
        switch (value.getValueCase()) {
            case STRING_VAL:
                leaves.leaf(location, value.getStringVal());
                break;
            case ASCII_VAL:
                leaves.leaf(location, value.getAsciiVal());
                break;
            case INT_VAL:
                leaves.leaf(location, Long.toString(value.getIntVal()));
                break;
            case UINT_VAL:
                leaves.leaf(location, Long.toUnsignedString(value.getUintVal()));
                break;
            case BOOL_VAL:
                leaves.leaf(location, Boolean.toString(value.getBoolVal()));
                break;
            case DOUBLE_VAL:
                leaves.leaf(location, Double.toString(value.getDoubleVal()));
                break;
            case JSON_VAL:
                read(location, json(value.getJsonVal()), leaves);
                break;
            case JSON_IETF_VAL:
                read(location, json(value.getJsonIetfVal()), leaves);
                break;
            default:
                // nothing that the model has: somebody else's leaf
                break;
        }
    }

    private static void read(Location location, JsonNode node, Leaves leaves) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> read(location.below(field.getKey()), field.getValue(), leaves));
        } else if (node.isArray()) {
            for (JsonNode entry : node) {
                if (entry.path("name").isTextual()) {
                    read(location.entry(entry.get("name").textValue()), entry, leaves);
                }
            }
        } else if (!node.isNull()) {
            leaves.leaf(location, node.asText());
        }
    }

    private static JsonNode json(ByteString bytes) {
        try {
            return MAPPER.readTree(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
