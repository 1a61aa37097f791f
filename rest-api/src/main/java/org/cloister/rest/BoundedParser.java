package org.cloister.rest;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;

import java.io.IOException;

/**
 * Refuses JSON that costs more than its size lets expect: Jackson reads a tree recursively, a stack frame for each
 * level, and turns the digits of a whole number into a value in quadratic time.
 */
final class BoundedParser extends JsonParserDelegate {

    /** Far more than the four levels of a specification with steps. */
    static final int MOST_LEVELS = 32;

    /** Enough for any long and any double. */
    static final int MOST_DIGITS = 32;

    private int levels;

    BoundedParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == null) {
            return null;
        }
        if (token.isStructStart() && ++levels > MOST_LEVELS) {
            throw new JsonParseException(this, "nested more than " + MOST_LEVELS + " levels deep");
        }
        if (token.isStructEnd()) {
            levels--;
        }
        if (token.isNumeric() && getTextLength() > MOST_DIGITS) {
            throw new JsonParseException(this, "a number of more than " + MOST_DIGITS + " characters");
        }
        return token;
    }
}
