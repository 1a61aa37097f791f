package org.cloister.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The text form of stored documents: {@code {"version":4, ...}}. Text survives an upgrade of the application, which the
 * registration order of a binary serializer would not.
 */
public final class DocumentForm {

    private static final String VERSION = "version";

    private final ObjectMapper mapper;
    private final int version;

    /**
     * Creates a form.
     *
     * @param mapper knows the values' JSON
     * @param version of the form that is written, from 1; every form up to this one is read
     */
    public DocumentForm(ObjectMapper mapper, int version) {
        this.mapper = mapper;
        this.version = version;
    }

    /** Returns the text of a value, which is an object in JSON. */
    public String write(Object value) {
        ObjectNode tree = mapper.createObjectNode().put(VERSION, version);
        tree.setAll((ObjectNode) mapper.valueToTree(value));
        return tree.toString();
    }

    /** Reads a value; the message of the exception says why it cannot be read. */
    public <T> T read(String text, Class<T> type) throws UnreadableException {
        try {
            JsonNode tree = mapper.readTree(text);
            int found = tree.path(VERSION).asInt(0);
            if (found < 1 || found > version) {
                throw new UnreadableException("version is " + tree.path(VERSION) + ", this application reads 1 to "
                        + version);
            }
            ((ObjectNode) tree).remove(VERSION);
            return mapper.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new UnreadableException(e.getOriginalMessage());
        } catch (RuntimeException e) {
            throw new UnreadableException(e.toString());
        }
    }

    /** The text is nothing that this application knows. */
    public static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        /** Creates one whose message says why. */
        public UnreadableException(String message) {
            super(message);
        }
    }
}
