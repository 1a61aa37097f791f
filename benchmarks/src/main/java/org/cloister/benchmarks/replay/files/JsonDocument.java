package org.cloister.benchmarks.replay.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A JSON file and the line of each value in it, which Jackson's tree does not keep. */
final class JsonDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String file;
    private final JsonNode root;
    private final Map<String, Integer> lines;

    private JsonDocument(String file, JsonNode root, Map<String, Integer> lines) {
        this.file = file;
        this.root = root;
        this.lines = lines;
    }

    static JsonDocument read(Path file) throws BadFileException {
        String text = InputFile.read(file);
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root == null || root.isMissingNode()) {
                throw new BadFileException(file.toString(), 1, "", "is empty");
            }
            return new JsonDocument(file.toString(), root, lines(text));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : Math.max(1, e.getLocation().getLineNr());
            throw new BadFileException(file.toString(), line, "", "is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string", e);
        }
    }

    JsonNode root() {
        return root;
    }

    /** Returns what to throw: the line is that of the value, or of what a missing value should be in. */
    BadFileException refuse(String pointer, String message) {
        String known = pointer;
        while (!lines.containsKey(known)) {
            known = known.substring(0, known.lastIndexOf('/'));
        }
        return new BadFileException(file, lines.get(known), pointer.isEmpty() ? "/" : pointer, message);
    }

    /** The line of each value by its pointer; the root's is "". */
    private static Map<String, Integer> lines(String text) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
                    // within an object or array just begun this is its own path
                    lines.putIfAbsent(parser.getParsingContext().pathAsPointer().toString(),
                            parser.getTokenLocation().getLineNr());
                }
            }
        }
        lines.putIfAbsent("", 1);
        return lines;
    }
}
