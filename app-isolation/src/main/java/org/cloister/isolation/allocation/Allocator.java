package org.cloister.isolation.allocation;

import org.cloister.isolation.fabric.Fabric;

/** Decides on requests. Implementations are pure and deterministic. */
public interface Allocator {

    /**
     * Finds an allocation for a request or says why there is none.
     *
     * @param fabric the fabric now
     * @param ledger what other slices hold
     * @param request what is asked, already checked against the fabric
     */
    Decision allocate(Fabric fabric, Ledger ledger, Request request);
}
