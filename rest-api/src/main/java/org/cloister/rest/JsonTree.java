package org.cloister.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;

import java.io.IOException;
import java.util.regex.Pattern;

/** Reads JSON text into a tree, in which a later error's pointer finds its value. */
final class JsonTree {

    private static final ObjectReader STRICT = Json.mapper().reader();
    private static final ObjectReader LAST_WINS = STRICT
            .without(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** Where Jackson quotes the beginning of the body once more. */
    private static final Pattern SOURCE = Pattern.compile(" *\\(start marker at .*", Pattern.DOTALL);

    private JsonTree() {
    }

    /**
     * Returns the tree of a text.
     *
     * @throws RefusedException {@code invalid-request} with the place where reading stopped
     */
    static JsonNode read(byte[] text) throws IOException {
        JsonParser parser = new BoundedParser(Json.mapper().getFactory().createParser(text));
        try {
            JsonNode tree = STRICT.readTree(parser);
            if (tree == null || tree.isMissingNode()) {
                throw refused(JsonPointer.compile(""), null, "the body is empty");
            }
            if (parser.nextToken() != null) {
                throw refused(JsonPointer.compile(""), null, "the body goes on after its end");
            }
            return tree;
        } catch (JsonProcessingException e) {
            // compiled anew: one made of a path has the right text and finds nothing (Jackson 2.10)
            JsonPointer pointer = JsonPointer.compile(parser.getParsingContext().pathAsPointer().toString());
            String message = SOURCE.matcher(e.getOriginalMessage()).replaceFirst("");
            if (message.startsWith("Duplicate field")) {
                throw refused(pointer, lastValue(text, pointer), message);
            }
            throw refused(pointer, null, "malformed JSON at line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + message);
        } catch (IOException e) {
            // reading from memory fails for the encoding alone
            throw refused(JsonPointer.compile(""), null, "the body is not UTF-8: " + e.getMessage());
        }
    }

    /** Returns the value that would have won; null where the rest of the text is malformed too. */
    private static JsonNode lastValue(byte[] text, JsonPointer pointer) throws IOException {
        JsonParser parser = new BoundedParser(Json.mapper().getFactory().createParser(text)
                .disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));
        try {
            JsonNode tree = LAST_WINS.readTree(parser);
            return tree.at(pointer);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static RefusedException refused(JsonPointer pointer, JsonNode value, String message) {
        return new RefusedException(Problem.of(ProblemType.INVALID_REQUEST, pointer.toString(),
                BriefValue.of(value), message));
    }
}
