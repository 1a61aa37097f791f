package org.cloister.ocs.api;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has circuits made for owners. Who wants circuits says so once, durably; the leader of the cluster sees to it, after
 * restarts, too. A circuit is never removed while an owner wants it, nor if somebody else made it, nor because nobody
 * wants it any more: it stays until its ports are needed.
 */
public interface CircuitService {

    /**
     * Sets all the circuits that an owner wants, in place of what it wanted before; kept before this returns. The same
     * demand again after it FAILED tries again. An owner may want a circuit that others want, too, and one that
     * somebody else made: that is kept as it is.
     *
     * <p>Circuits of the demand that were established for this owner before stay its own, even if the demand FAILED;
     * such that are lost do not keep others from being made: the demand is BROKEN then, and its troubles name them.
     *
     * @throws CircuitRefusedException if a port is held for another circuit, or the demand makes no sense
     */
    void demand(String owner, Set<OpticalCircuit> circuits);

    /** Ends an owner's demand; its circuits stay where they are, idle. Nothing happens if there is none. */
    void release(String owner);

    /**
     * Ends an owner's demand and has those of its circuits removed that nobody else wants.
     *
     * @throws CircuitRefusedException if it cannot be kept
     */
    void disconnect(String owner);

    /**
     * Has circuits removed that are in nobody's way: those of an owner, as {@link #disconnect(String)}, or idle ones in
     * its name. Unlike a demand for them it may concern ports that no circuit can be made over now.
     *
     * @throws CircuitRefusedException if others hold them, or it cannot be kept
     */
    default void disconnect(String owner, Set<OpticalCircuit> circuits) {
        demand(owner, circuits);
        disconnect(owner);
    }

    /** Returns what would have to be changed for a demand; nothing is kept. Throws as {@link #demand} does. */
    CircuitPlan plan(String owner, Set<OpticalCircuit> circuits);

    /** Returns how far each owner's demand is, by owner; from this node's memory, at once. */
    Map<String, DemandStatus> demands();

    /** Returns how far an owner's demand is. */
    default Optional<DemandStatus> demand(String owner) {
        return Optional.ofNullable(demands().get(owner));
    }

    /** Returns the optical switches and circuits now; from this node's memory, at once. */
    OpticalView view();

    /** Ends the quarantine of a port; returns whether it was in one. */
    boolean unquarantine(String opticalSwitch, String port);

    /** Has a listener told after every change of demands or of the view but of measured power; it must not block. */
    void addListener(Runnable listener);

    /** Has a listener not told any more. */
    void removeListener(Runnable listener);
}
