package org.cloister.isolation.config;

/** The application as ONOS knows it. */
public final class App {

    /**
     * The name that rules, configuration and privileges belong to. {@code CoreService.registerApplication} gives the
     * same identifier for it every time, so each component asks for itself.
     */
    public static final String NAME = "org.cloister";

    private App() {
    }
}
