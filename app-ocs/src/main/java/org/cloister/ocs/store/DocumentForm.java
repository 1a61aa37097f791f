package org.cloister.ocs.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The text form of documents: {@code {"version":1, ...}}. Text survives an upgrade of the application, which the
 * registration order of a binary serializer would not.
 */
final class DocumentForm {

    /** The form that is written; every form up to this one is read. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(new Jdk8Module())
            .addModule(new JavaTimeModule()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();

    private DocumentForm() {
    }

    static String write(Object value) {
        ObjectNode tree = MAPPER.createObjectNode().put("version", VERSION);
        tree.setAll((ObjectNode) MAPPER.valueToTree(value));
        return tree.toString();
    }

    /** Reads a value; the message of the exception says why it cannot be read. */
    static <T> T read(String text, Class<T> type) throws UnreadableException {
        try {
            JsonNode tree = MAPPER.readTree(text);
            int version = tree.path("version").asInt(0);
            if (version < 1 || version > VERSION) {
                throw new UnreadableException("version is " + tree.path("version") + ", this application reads 1 to "
                        + VERSION);
            }
            ((ObjectNode) tree).remove("version");
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new UnreadableException(e.getOriginalMessage());
        } catch (RuntimeException e) {
            throw new UnreadableException(e.toString());
        }
    }

    /** The text is nothing that this application knows. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
