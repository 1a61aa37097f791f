package org.cloister.lab.ocs.device;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The ports of a switch: names {@code "1"} to {@code "N"}, and numbers from 1. */
public final class Ports {

    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** Creates so many. */
    public Ports(int count) {
        for (int number = 1; number <= count; number++) {
            numbers.put(String.valueOf(number), number);
        }
    }

    /** Returns all names, in the order of their numbers. */
    public Set<String> names() {
        return Collections.unmodifiableSet(numbers.keySet());
    }

    /** Returns the number of a port. */
    public int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("no such port: " + name);
        }
        return number;
    }

    /** Returns the name of a port. */
    public String name(int number) {
        return String.valueOf(number);
    }
}
