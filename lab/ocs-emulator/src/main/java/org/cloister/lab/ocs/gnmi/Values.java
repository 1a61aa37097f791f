package org.cloister.lab.ocs.gnmi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.TypedValue;
import org.cloister.lab.ocs.device.Refusal;

import java.io.IOException;

/** Values of leaves as gNMI carries them. */
final class Values {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Values() {
    }

    /** Writes a value; JSON of IETF (RFC 7951) has numbers of 64 bits and decimals as strings. */
    static TypedValue write(Object value, Encoding encoding) {
        TypedValue.Builder typed = TypedValue.newBuilder();
        if (encoding == Encoding.JSON_IETF) {
            boolean text = value instanceof Long || value instanceof Double;
            return typed.setJsonIetfVal(json(text ? value.toString() : value)).build();
        }
        if (encoding == Encoding.JSON) {
            return typed.setJsonVal(json(value)).build();
        }
        if (value instanceof Boolean) {
            return typed.setBoolVal((Boolean) value).build();
        }
        if (value instanceof Double) {
            return typed.setDoubleVal((Double) value).build();
        }
        if (value instanceof Number) {
            return typed.setUintVal(((Number) value).longValue()).build();
        }
        return typed.setStringVal(value.toString()).build();
    }

    /**
     * Reads a value as JSON.
     *
     * @throws Refusal if it is of a kind that no leaf here has, or no JSON
     */
    static JsonNode read(TypedValue value, String where) {
        switch (value.getValueCase()) {
            case JSON_IETF_VAL:
                return parse(value.getJsonIetfVal(), where);
            case JSON_VAL:
                return parse(value.getJsonVal(), where);
            case STRING_VAL:
                return TextNode.valueOf(value.getStringVal());
            case BOOL_VAL:
                return BooleanNode.valueOf(value.getBoolVal());
            case UINT_VAL:
                return LongNode.valueOf(value.getUintVal());
            case INT_VAL:
                return LongNode.valueOf(value.getIntVal());
            default:
                throw new Refusal(Refusal.Cause.MALFORMED, where + ": value of kind " + value.getValueCase());
        }
    }

    private static JsonNode parse(ByteString bytes, String where) {
        try {
            JsonNode json = JSON.readTree(bytes.toByteArray());
            if (json == null || json.isMissingNode()) {
                throw new Refusal(Refusal.Cause.MALFORMED, where + ": value is empty");
            }
            return json;
        } catch (IOException e) {
            throw new Refusal(Refusal.Cause.MALFORMED, where + ": value is no JSON: " + bytes.toStringUtf8());
        }
    }

    private static ByteString json(Object value) {
        try {
            return ByteString.copyFrom(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no value of a leaf: " + value, e);
        }
    }
}
