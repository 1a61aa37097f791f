package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.console.Session;

/** Who sits at the shell. */
final class Users {

    private static final String UNKNOWN = "shell";

    private Users() {
    }

    /** Returns the name that Karaf's login has put into the session, else {@code shell}. */
    static String of(Session session) {
        Object user = session == null ? null : session.get("USER");
        return user == null || user.toString().isEmpty() ? UNKNOWN : user.toString();
    }
}
