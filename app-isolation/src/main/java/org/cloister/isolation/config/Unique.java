package org.cloister.isolation.config;

import java.util.HashMap;
import java.util.Map;

/** Refuses the second of two equal values of one kind. */
final class Unique {

    private final String what;
    private final Map<Object, String> owners = new HashMap<>();

    Unique(String what) {
        this.what = what;
    }

    /** Notes a value's owner; refuses the field if the value has one already. */
    void add(Object value, Field field, String owner) {
        String other = owners.putIfAbsent(value, owner);
        if (other != null) {
            throw field.refuse("is the " + what + " of " + other + " already");
        }
    }
}
