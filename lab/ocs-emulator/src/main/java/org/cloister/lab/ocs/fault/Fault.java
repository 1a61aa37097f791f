package org.cloister.lab.ocs.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Objects;
import java.util.Optional;

/** Something that is wrong. */
public final class Fault {

    private final FaultKind kind;
    private final ObjectNode parameters;
    private int uses;

    /**
     * Creates a fault.
     *
     * @throws IllegalArgumentException naming a parameter that this kind does not have
     */
    public Fault(FaultKind kind, ObjectNode parameters) {
        this.kind = Objects.requireNonNull(kind, "kind is null");
        this.parameters = parameters.deepCopy();
        parameters.fieldNames().forEachRemaining(name -> {
            if (!kind.parameters().contains(name)) {
                throw new IllegalArgumentException(kind.label() + ": no such parameter: " + name + "; there are "
                        + kind.parameters());
            }
        });
    }

    /** Returns what kind of fault it is. */
    public FaultKind kind() {
        return kind;
    }

    /** Returns a parameter as text; numbers are taken too. */
    public Optional<String> text(String name) {
        JsonNode value = parameters.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    /** Returns a parameter that must be there. */
    public String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(kind.label() + ": " + name + " is missing"));
    }

    /** Returns a number that must be there and lies between two others. */
    public double number(String name, double least, double most) {
        return between(name, required(name), least, most);
    }

    /** Returns a number, or another one where it is left out. */
    public double numberOr(String name, double otherwise, double least, double most) {
        return text(name).map(value -> between(name, value, least, most)).orElse(otherwise);
    }

    /** Whether a port is the one it concerns. */
    public boolean at(String port) {
        return text("port").map(port::equals).orElse(false);
    }

    /** Whether it has all of these parameters with these values. */
    boolean has(ObjectNode some) {
        var names = some.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!text(name).equals(Optional.of(some.get(name).asText()))) {
                return false;
            }
        }
        return true;
    }

    /** Counts that it was met; after the last of {@code count} times, something is done. Without a count there is no last. */
    public void countDown(Runnable last) {
        uses++;
        if (uses == numberOr("count", Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY)) {
            last.run();
        }
    }

    /** Returns it as JSON, as it was told. */
    public ObjectNode json() {
        ObjectNode json = parameters.objectNode().put("fault", kind.label());
        json.setAll(parameters);
        return json;
    }

    private double between(String name, String value, double least, double most) {
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, with the same words
        }
        throw new IllegalArgumentException(kind.label() + ": " + name + " is not a number from " + least + " to " + most
                + ": " + value);
    }
}
