package org.cloister.isolation.config;

import java.util.regex.Pattern;

/** Names of switches, hosts and nodes: fit for a URL, a file name and {@code leaf-1/5}. */
final class Names {

    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private Names() {
    }

    static String read(Field field) {
        return field.text("a name of the form " + SYNTAX, Names::check);
    }

    private static String check(String name) {
        if (!SYNTAX.matcher(name).matches()) {
            throw new IllegalArgumentException(name);
        }
        return name;
    }
}
