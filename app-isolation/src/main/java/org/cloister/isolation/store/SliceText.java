package org.cloister.isolation.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cloister.isolation.api.Json;

/**
 * The text form of a stored slice: {@code {"version":4,"id":…}}. Text survives an upgrade of the application, which
 * the registration order of a binary serializer would not.
 */
final class SliceText {

    /** The form that is written; every form up to this one is read. */
    static final int VERSION = 4;

    private SliceText() {
    }

    static String write(StoredSlice slice) {
        ObjectNode tree = Json.mapper().createObjectNode().put("version", VERSION);
        tree.setAll((ObjectNode) Json.mapper().valueToTree(slice));
        return tree.toString();
    }

    /** Reads a slice; the message of the exception says why it cannot be read. */
    static StoredSlice read(String text) throws UnreadableException {
        try {
            JsonNode tree = Json.mapper().readTree(text);
            int version = tree.path("version").asInt(0);
            if (version < 1 || version > VERSION) {
                throw new UnreadableException("version is " + tree.path("version") + ", this application reads 1 to "
                        + VERSION);
            }
            ((ObjectNode) tree).remove("version");
            return Json.mapper().treeToValue(tree, StoredSlice.class);
        } catch (JsonProcessingException e) {
            throw new UnreadableException(e.getOriginalMessage());
        } catch (RuntimeException e) {
            throw new UnreadableException(e.toString());
        }
    }

    /** The text is no slice that this application knows. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
