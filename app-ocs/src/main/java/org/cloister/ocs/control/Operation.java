package org.cloister.ocs.control;

import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDebt;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredQuarantine;

import java.time.Instant;
import java.util.SortedSet;
import java.util.function.Consumer;

/** Something to be done, in the order in which it was decided. */
interface Operation {

    void accept(Visitor visitor);

    /** Returns whether it changes anything outside of this node: then only the leader may do it. */
    default boolean changes() {
        return true;
    }

    /** Returns an operation that changes nothing outside of this node. */
    static Operation inside(Consumer<Visitor> what) {
        return new Operation() {
            @Override
            public void accept(Visitor visitor) {
                what.accept(visitor);
            }

            @Override
            public boolean changes() {
                return false;
            }
        };
    }

    /** Carries operations out. */
    interface Visitor {

        /** Replaces a demand's document. */
        void write(Stored<StoredDemand> from, StoredDemand next);

        /** Removes a demand's document. */
        void drop(Stored<StoredDemand> demand);

        /** Tells switches. */
        void fly(FlightOrder order);

        /** Keeps circuits from a port. */
        void quarantine(StoredQuarantine port);

        /** Keeps circuits from a port no more. */
        void endQuarantine(Stored<StoredQuarantine> port);

        /** Notes what is to be undone later. */
        void owe(String key, StoredDebt debt);

        /** Notes that it is undone. */
        void pay(String key, Stored<StoredDebt> debt);

        /** Notes which circuits of a switch without names are ours. */
        void note(String opticalSwitch, SortedSet<OpticalCircuit> made);

        /** Notes that something is wrong with an owner's circuits, which may pass. */
        void troubled(String owner);

        /** Says why nothing is decided for an owner. */
        void undecidable(String owner, RuntimeException cause);

        /** Looks again at a time. */
        void wake(Instant at);
    }
}
