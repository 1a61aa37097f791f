package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** An offending value as a problem repeats it: long ones are cut, or a bad megabyte would come back as another. */
final class BriefValue {

    private static final int MOST_CHARACTERS = 1_000;

    private BriefValue() {
    }

    /** Returns the value, or the beginning of its text. */
    static JsonNode of(JsonNode value) {
        if (value == null || value.isMissingNode()) {
            return NullNode.getInstance();
        }
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.length() <= MOST_CHARACTERS ? value
                : TextNode.valueOf(text.substring(0, MOST_CHARACTERS) + "…");
    }
}
