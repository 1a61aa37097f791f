package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;

import java.util.List;
import java.util.Optional;

/** Checks and decides requests. Pure: every node and every leader comes to the same answer. */
public interface Admission {

    /** Returns what is asked with defaults written out, so that specifications can be compared. */
    SliceSpec fill(SliceSpec spec);

    /** Returns what is wrong with a request in this fabric, whatever is free of it. */
    Optional<Problem> check(Fabric fabric, SliceSpec spec);

    /**
     * Decides on a request, which may have been checked by another node under an older configuration.
     *
     * @param previous what the slice has rules of now, as {@link org.cloister.isolation.allocation.Request#previous()}
     *        says; empty for a new one
     */
    Decision decide(Fabric fabric, Ledger ledger, SliceSpec spec, List<Allocation> previous);

    /**
     * Decides on a request of a slice that may have asked for something else before: ways around failures that
     * guarantee what it has are not enough, as it may be able to have more.
     *
     * @param previous what the slice has rules of now
     */
    default Decision change(Fabric fabric, Ledger ledger, SliceSpec spec, List<Allocation> previous) {
        return decide(fabric, ledger, spec, previous);
    }

    /**
     * Decides on a request that gives a reservation its hosts, which gets the links that are held where it can.
     *
     * @param ledger without what is reserved
     */
    Decision bind(Fabric fabric, Ledger ledger, SliceSpec spec, Allocation reservation);
}
