package org.cloister.lab.ocs.device;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was asked of the switch.
 *
 * @param connections circuits by the names that their owners gave them
 * @param disabled    ports that are switched off
 * @param recovery    what becomes of circuits when the power was gone
 */
public record Configuration(SortedMap<String, Circuit> connections, SortedSet<String> disabled, Recovery recovery) {

    /** Nothing connected, all ports on. */
    public static final Configuration EMPTY =
            new Configuration(new TreeMap<>(), new TreeSet<>(), Recovery.MAINTAIN);

    /** Copies what it is given. */
    public Configuration {
        connections = Collections.unmodifiableSortedMap(new TreeMap<>(connections));
        disabled = Collections.unmodifiableSortedSet(new TreeSet<>(disabled));
    }

    /** Returns one with other connections. */
    public Configuration withConnections(SortedMap<String, Circuit> others) {
        return new Configuration(others, disabled, recovery);
    }

    /**
     * Checks that this can follow another configuration.
     *
     * @param previous what is configured now
     * @param released connections that the request deletes or replaces by name, and may disturb therefore
     * @param ports    ports that the switch has
     * @throws Refusal naming the connection and the port
     */
    public void check(Configuration previous, Set<String> released, Set<String> ports) {
        connections.forEach((name, circuit) -> checkPorts(name, circuit, ports));
        previous.connections.forEach((name, circuit) -> checkUndisturbed(name, circuit, released));
        TreeMap<String, String> users = new TreeMap<>();
        connections.forEach((name, circuit) -> {
            checkFree(previous, users.putIfAbsent(circuit.input(), name), name, circuit.input());
            checkFree(previous, users.putIfAbsent(circuit.output(), name), name, circuit.output());
        });
    }

    private static void checkPorts(String name, Circuit circuit, Set<String> ports) {
        for (String port : new String[] {circuit.input(), circuit.output()}) {
            if (!ports.contains(port)) {
                throw new Refusal(Refusal.Cause.MALFORMED, "connection " + name + ": no such port: " + port);
            }
        }
        if (circuit.input().equals(circuit.output())) {
            throw new Refusal(Refusal.Cause.MALFORMED, "connection " + name + " joins port " + circuit.input() + " with itself");
        }
    }

    private void checkUndisturbed(String name, Circuit circuit, Set<String> released) {
        Circuit now = connections.get(name);
        if (now != null && !now.same(circuit) && !released.contains(name)) {
            throw new Refusal(Refusal.Cause.CONFLICT, "connection " + name + " joins " + circuit
                    + " and is not deleted by this request, which asks for " + now);
        }
    }

    private void checkFree(Configuration previous, String user, String name, String port) {
        if (user == null) {
            return;
        }
        String older = kept(previous, user) ? user : name;
        String newer = older.equals(user) ? name : user;
        if (kept(previous, older)) {
            throw new Refusal(Refusal.Cause.CONFLICT, "connection " + newer + ": port " + port + " is in use by connection "
                    + older + ", which this request does not delete");
        }
        throw new Refusal(Refusal.Cause.MALFORMED, "port " + port + " is used twice: by " + user + " and by " + name);
    }

    private boolean kept(Configuration previous, String name) {
        return connections.get(name).equals(previous.connections.get(name));
    }
}
