package org.cloister.isolation.config;

import com.fasterxml.jackson.databind.JsonNode;
import org.onosproject.net.config.InvalidFieldException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A JSON value that knows where it stands, so that every complaint names the field and the value. What is read from it
 * and is not what is asked for is refused with an {@link InvalidFieldException} of its JSON pointer and the reason.
 */
public final class Field {

    /** How much of a value a complaint repeats. */
    private static final int MOST_SHOWN = 80;

    private final String pointer;
    private final JsonNode node;

    private Field(String pointer, JsonNode node) {
        this.pointer = pointer;
        this.node = node;
    }

    /** Returns a document's root; fields are named by their JSON pointer from here. */
    public static Field root(JsonNode node) {
        return new Field("", node);
    }

    /** Refuses fields of this object other than the given ones. */
    public Field only(String... allowed) {
        members().forEach((name, field) -> {
            if (!Arrays.asList(allowed).contains(name)) {
                throw field.refuse("is not a field here; allowed are " + String.join(", ", allowed));
            }
        });
        return this;
    }

    /** Returns a member of this object; whether it is there shows when it is read. */
    public Field at(String name) {
        return child(name, node.path(name));
    }

    /** Returns whether the document has it. */
    public boolean isPresent() {
        return !node.isMissingNode();
    }

    Map<String, Field> members() {
        require(node.isObject(), "an object");
        Map<String, Field> members = new LinkedHashMap<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
            String name = names.next();
            members.put(name, at(name));
        }
        return members;
    }

    List<Field> items() {
        require(node.isArray(), "an array");
        List<Field> items = new ArrayList<>();
        for (int index = 0; index < node.size(); index++) {
            items.add(child(String.valueOf(index), node.get(index)));
        }
        return items;
    }

    boolean flag() {
        require(node.isBoolean(), "true or false");
        return node.booleanValue();
    }

    /** Returns an integer within limits. */
    public long integer(long least, long most) {
        require(node.isIntegralNumber() && node.canConvertToLong()
                && node.longValue() >= least && node.longValue() <= most, "an integer from " + least + " to " + most);
        return node.longValue();
    }

    /** Returns a number within limits. */
    public double number(double least, double most) {
        require(node.isNumber() && node.doubleValue() >= least && node.doubleValue() <= most,
                "a number from " + least + " to " + most);
        return node.doubleValue();
    }

    /** Returns the text. */
    public String text() {
        require(node.isTextual(), "a text");
        return node.textValue();
    }

    /** Returns the text as a value; what the parser refuses with an IllegalArgumentException is no such thing. */
    public <T> T text(String what, Function<String, T> parser) {
        String text = text();
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw refuse("is not " + what);
        }
    }

    /** Returns what to throw; the reason continues a sentence that begins with the value. */
    public InvalidFieldException refuse(String reason) {
        String value = node.toString();
        String shown = value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "...";
        return new InvalidFieldException(pointer.isEmpty() ? "/" : pointer, shown + " " + reason);
    }

    private void require(boolean condition, String what) {
        if (!isPresent()) {
            throw new InvalidFieldException(pointer, "is missing; it must be " + what);
        }
        if (!condition) {
            throw refuse("is not " + what);
        }
    }

    private Field child(String name, JsonNode value) {
        return new Field(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), value);
    }
}
