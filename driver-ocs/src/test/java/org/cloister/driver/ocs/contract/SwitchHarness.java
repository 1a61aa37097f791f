package org.cloister.driver.ocs.contract;

import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitPorts;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A server that {@link SessionContract} is tried with. Stalled replies and broken connections are made by a
 * {@link Relay} in front of it, so it need not be able to do that.
 */
public interface SwitchHarness extends AutoCloseable {

    /** Returns the server's name in the report {@code sessions}. */
    String name();

    /** Returns what opens sessions of its dialect; closed by {@link #close()}. */
    SessionFactory sessions();

    /** Returns where it listens, at an address of this machine, and how to log in; the same before and after a restart. */
    OcsTarget target();

    /** Returns what a session with it is to say that it can do. */
    Set<Capability> capabilities();

    /** Returns at least eight ports, which have no circuit after {@link #clear()}. */
    List<String> ports();

    /** Returns the name of a port that it has not, as well formed as the others. */
    String absentPort();

    /** Starts the server; returns when it answers. */
    void start() throws Exception;

    /** Ends the server and starts it again. */
    void restart() throws Exception;

    /** Removes all circuits, lets light through all ports and takes back whatever else tests have done to it. */
    void clear() throws Exception;

    /** Makes a circuit in the way another controller would, by a name that is not ours where circuits have names. */
    void connectForeign(CircuitPorts ports) throws Exception;

    /** Returns whether it refuses a wrong password. */
    default boolean checksPasswords() {
        return true;
    }

    /** Returns whether circuits are still there after {@link #restart()}. */
    default boolean keepsCircuits() {
        return true;
    }

    /** Returns how long to leave it alone between readings that wait for something; some do nothing while they are read. */
    default Duration restBetweenReadings() {
        return Duration.ofMillis(50);
    }

    /** Ends the server and all that the harness has started. */
    @Override
    void close() throws Exception;
}
