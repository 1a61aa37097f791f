package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.session.CircuitNames;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.CircuitTransaction.Mode;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one Set has to delete and to make, so that a switch that shows certain connections ends as a transaction wants. */
final class TransactionPlan {

    private final SortedSet<String> deletes = new TreeSet<>();
    private final SortedMap<String, CircuitPorts> creates = new TreeMap<>();
    /** All circuits that the transaction wants, by the names that they have or will have. */
    private final SortedMap<CircuitPorts, String> wanted = new TreeMap<>();

    private TransactionPlan() {
    }

    /**
     * Plans a transaction.
     *
     * @param connections what the switch has
     * @param ports       the ports that it has
     * @throws OcsException {@code UNKNOWN_PORT} or {@code CONFLICT}, naming the port
     */
    static TransactionPlan of(CircuitTransaction transaction, Collection<CircuitState> connections, Set<String> ports) {
        checkPorts(transaction.creates(), ports);
        TransactionPlan plan = new TransactionPlan();
        for (CircuitState each : connections) {
            // one that is being deleted needs no more, and what it leaves behind is for the switch to judge
            if (each.status() != CircuitStatus.PENDING_DELETION) {
                plan.decide(each, transaction);
            }
        }
        for (CircuitPorts each : transaction.creates()) {
            if (!plan.wanted.containsKey(each)) {
                plan.create(each, connections);
            }
        }
        return plan;
    }

    private static void checkPorts(SortedSet<CircuitPorts> creates, Set<String> ports) {
        SortedMap<String, CircuitPorts> taken = new TreeMap<>();
        for (CircuitPorts each : creates) {
            for (String port : new String[] {each.one(), each.other()}) {
                if (!ports.contains(port)) {
                    throw new OcsException(Reason.UNKNOWN_PORT, "circuit of " + each + ": the switch has no port " + port);
                }
                CircuitPorts other = taken.put(port, each);
                if (other != null) {
                    throw new OcsException(Reason.CONFLICT, "port " + port + " is asked for twice: by the circuits of "
                            + other + " and of " + each);
                }
            }
        }
    }

    private void decide(CircuitState connection, CircuitTransaction transaction) {
        CircuitPorts ports = connection.ports();
        String name = connection.name().orElseThrow();
        boolean ours = CircuitNames.areOurs(name);
        boolean valid = connection.status() != CircuitStatus.INVALID;
        if (transaction.deletes().contains(ports)) {
            if (!ours) {
                throw new OcsException(Reason.CONFLICT, "the circuit of " + ports + " is " + name + ", which is not ours "
                        + "to delete");
            }
            deletes.add(name);
        } else if (transaction.creates().contains(ports) && valid) {
            wanted.put(ports, name);
        } else if (transaction.creates().stream().anyMatch(ports::meets)) {
            // an entry that is invalid carries no light: nobody misses it
            if (!ours || valid && transaction.mode() == Mode.SAFE) {
                CircuitPorts wants = transaction.creates().stream().filter(ports::meets).findFirst().orElseThrow();
                throw new OcsException(Reason.CONFLICT, "port " + (wants.has(ports.one()) ? ports.one() : ports.other())
                        + " for the circuit of " + wants + " is taken by " + name + " of " + ports
                        + (ours ? "" : ", which is not ours"));
            }
            deletes.add(name);
        } else if (ours && transaction.mode() == Mode.OVERWRITE) {
            deletes.add(name);
        }
    }

    private void create(CircuitPorts ports, Collection<CircuitState> connections) {
        String name = CircuitNames.of(ports);
        connections.stream().filter(each -> each.name().orElseThrow().equals(name) && !each.ports().equals(ports)
                && !deletes.contains(name)).findAny().ifPresent(each -> {
                    throw new OcsException(Reason.CONFLICT, "the name " + name + " is taken by a circuit of "
                            + each.ports());
                });
        creates.put(name, ports);
        wanted.put(ports, name);
    }

    /** Returns the names of connections to delete. */
    SortedSet<String> deletes() {
        return Collections.unmodifiableSortedSet(deletes);
    }

    /** Returns connections to make, by name; one may be among the deletes, and is made anew then. */
    SortedMap<String, CircuitPorts> creates() {
        return Collections.unmodifiableSortedMap(creates);
    }

    /** Returns the name of each circuit that the transaction wants, those that are there among them. */
    Map<CircuitPorts, String> wanted() {
        return Collections.unmodifiableMap(wanted);
    }

    /** Returns whether the switch has all of it already. */
    boolean isEmpty() {
        return deletes.isEmpty() && creates.isEmpty();
    }
}
